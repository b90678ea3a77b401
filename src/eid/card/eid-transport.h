/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Room for the longest answer to a short command: 256 bytes and the status word. */
#define EID_ANSWER_MAX 258

/*
 * What carries commands to a card: PC/SC, or a test that plays one. One thread.
 */
typedef struct _EidTransport EidTransport;

struct _EidTransport
{
  /* T=0 has no way to send data and a wish for an answer in one command. */
  gboolean t0;
  /* Milliseconds to leave an old card alone after 6Cxx, before it is asked again. */
  guint settle;
  /* @ret_answer holds EID_ANSWER_MAX bytes; at least two come back. EID_ERROR_CARD_MUTE is
   * worth another try, with a new connection; the others are not. */
  gboolean (*transmit) (EidTransport *self,
                        const guint8 *command,
                        gsize size,
                        guint8 *ret_answer,
                        gsize *ret_size,
                        GError **error);
  /* (nullable): a command to the reader itself, by its control code (PC/SC part 10); of the
   * answer no more than @room bytes come back. */
  gboolean (*control) (EidTransport *self,
                       guint32 code,
                       const guint8 *command,
                       gsize size,
                       guint8 *ret_answer,
                       gsize room,
                       gsize *ret_size,
                       GError **error);
  /* Whoever lets go of the card must reset it: the next program should find it fresh. */
  gboolean spoiled;
  /* The call is over, and only what leaves the card clean is sent any more: no cancelling. */
  gboolean closing;
};

G_END_DECLS
