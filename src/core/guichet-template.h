/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GuichetTemplate:
 *
 * A text with placeholders `{{name}}` out of a closed list. Immutable; any thread.
 */
typedef struct _GuichetTemplate GuichetTemplate;

/**
 * GuichetTemplateFault:
 * @line: in which the fault stands, the first of @text counting 1
 * @detail: what is wrong
 *
 * Hears of every fault in a text.
 */
typedef void (*GuichetTemplateFault) (guint line, const char *detail, gpointer user_data);

/**
 * guichet_template_new:
 * @text: UTF-8
 * @names: placeholders that it may hold, ended by %NULL
 *
 * Returns: (transfer full): the template; of a text with faults, what is right of it
 */
GuichetTemplate *guichet_template_new (const char *text,
                                       const char *const *names,
                                       GuichetTemplateFault fault,
                                       gpointer user_data);
void guichet_template_free (GuichetTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetTemplate, guichet_template_free)

/** guichet_template_count: how often the placeholder at @index of the names stands in it. */
guint guichet_template_count (const GuichetTemplate *self, guint index);

/**
 * guichet_template_fill:
 * @values: by index of the names; %NULL: has no value
 * @escape: (nullable): applied to what the text itself says, not to values
 *
 * Appends the text with its values to @target.
 *
 * Returns: %FALSE, and nothing appended, if a placeholder has no value
 */
gboolean guichet_template_fill (const GuichetTemplate *self,
                                const char *const *values,
                                char *(*escape) (const char *text),
                                GString *target);

G_END_DECLS
