/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The views and sorts of the queue and their words.
 */
#define G_LOG_DOMAIN "guichet-view"

#include "config.h"

#include "guichet-view.h"

G_DEFINE_ENUM_TYPE (GuichetView,
                    guichet_view,
                    G_DEFINE_ENUM_VALUE (GUICHET_VIEW_MINE, "mine"),
                    G_DEFINE_ENUM_VALUE (GUICHET_VIEW_TO_TAKE, "toTake"),
                    G_DEFINE_ENUM_VALUE (GUICHET_VIEW_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (GUICHET_VIEW_LATE, "late"),
                    G_DEFINE_ENUM_VALUE (GUICHET_VIEW_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (GUICHET_VIEW_CLOSED, "closed"))

G_DEFINE_ENUM_TYPE (GuichetSort,
                    guichet_sort,
                    G_DEFINE_ENUM_VALUE (GUICHET_SORT_DUE, "due"),
                    G_DEFINE_ENUM_VALUE (GUICHET_SORT_RECEIVED, "received"),
                    G_DEFINE_ENUM_VALUE (GUICHET_SORT_REFERENCE, "reference"),
                    G_DEFINE_ENUM_VALUE (GUICHET_SORT_PROCEDURE, "procedure"),
                    G_DEFINE_ENUM_VALUE (GUICHET_SORT_CITIZEN, "citizen"),
                    G_DEFINE_ENUM_VALUE (GUICHET_SORT_STAGE, "stage"),
                    G_DEFINE_ENUM_VALUE (GUICHET_SORT_ASSIGNEE, "assignee"),
                    G_DEFINE_ENUM_VALUE (GUICHET_SORT_CHANGED, "changed"))
