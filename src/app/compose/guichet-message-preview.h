/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-text.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_MESSAGE_PREVIEW (guichet_message_preview_get_type ())

/** GuichetMessagePreview: an e-mail as the citizen will get it, or why it cannot be shown. */
G_DECLARE_FINAL_TYPE (GuichetMessagePreview,
                      guichet_message_preview,
                      GUICHET,
                      MESSAGE_PREVIEW,
                      AdwBin)

/** guichet_message_preview_show: @address: (nullable): where it would go. */
void guichet_message_preview_show (GuichetMessagePreview *self,
                                   const GuichetRendering *rendering,
                                   const char *address);

/** guichet_message_preview_explain: @sentence: what is shown in the place of a letter. */
void guichet_message_preview_explain (GuichetMessagePreview *self, const char *sentence);

G_END_DECLS
