/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readers and cards as a clerk reads of them.
 */
#define G_LOG_DOMAIN "guichet-slot-words"

#include "config.h"

#include "guichet-slot-words.h"

#include "eid-error.h"

#include <glib/gi18n.h>

#define CARD "auth-smartcard-symbolic"
#define TROUBLE "dialog-warning-symbolic"

/* clang-format off */
static const GuichetSlotWords words[] = {
  [GUICHET_SLOT_STARTING] = {
    CARD,
    N_ ("Card reader: not known yet"),
    N_ ("Looking for the card reader…"),
    "" },
  [GUICHET_SLOT_NO_SERVICE] = {
    CARD,
    N_ ("Card readers cannot be used on this computer"),
    N_ ("The service for card readers does not run"),
    N_ ("Cards can be read again as soon as pcscd runs on this computer: ask whoever looks "
        "after it. Until then, check the person's document yourself.") },
  [GUICHET_SLOT_DENIED] = {
    TROUBLE,
    N_ ("Card readers may not be used from here"),
    N_ ("This session may not use the card reader"),
    N_ ("pcscd runs and refuses you: ask whoever looks after this "
        "computer. It often helps to work at the computer itself and not "
        "from a distance.") },
  [GUICHET_SLOT_NO_READER] = {
    CARD,
    N_ ("No card reader"),
    N_ ("No card reader is plugged in"),
    N_ ("Plug the reader in; it is noticed by itself.") },
  [GUICHET_SLOT_EMPTY] = {
    CARD,
    N_ ("Card reader ready, no card"),
    N_ ("No card in the reader"),
    N_ ("Put the identity card in, chip first and upwards.") },
  [GUICHET_SLOT_MUTE] = {
    TROUBLE,
    N_ ("The card does not answer"),
    N_ ("The card does not answer"),
    N_ ("It may lie the wrong way round: chip first and upwards. If that is "
        "how it lies, wipe the chip with a dry cloth and try again.") },
  [GUICHET_SLOT_OTHER_CARD] = {
    TROUBLE,
    N_ ("Not a Belgian identity card"),
    N_ ("This is not a Belgian identity card"),
    N_ ("It may be a bank card, a health card or a document of another "
        "country: they cannot be read here. Ask for the identity card "
        "or the residence card.") },
  [GUICHET_SLOT_CARD] = {
    CARD,
    N_ ("Identity card in the reader"),
    N_ ("There is an identity card in the reader"),
    N_ ("Nothing has been read of it.") },
  [GUICHET_SLOT_READING] = {
    CARD,
    N_ ("Reading the card"),
    N_ ("Reading the card…"),
    N_ ("Leave it in the reader.") },
  [GUICHET_SLOT_STOPPED] = {
    CARD,
    N_ ("Reading stopped"),
    N_ ("The reading was stopped"),
    N_ ("Nothing of the card was kept.") },
  [GUICHET_SLOT_REMOVED] = {
    TROUBLE,
    N_ ("Card pulled out too early"),
    N_ ("The card was pulled out while it was read"),
    N_ ("Nothing of it was kept. Put it in again and leave it there.") },
  [GUICHET_SLOT_FAILED] = {
    TROUBLE,
    N_ ("The card could not be read"),
    N_ ("The card could not be read"),
    "" },
  [GUICHET_SLOT_READ] = { CARD, N_ ("Card read"), N_ ("The card was read"), "" },
};
/* clang-format on */

/* By what a clerk would do about it. */
/* clang-format off */
static const struct
{
  EidError code;
  const char *advice;
} failures[] = {
  { EID_ERROR_CARD_MUTE,
    N_ ("It stopped answering. Wipe the chip with a dry cloth, put the card in again and try once "
        "more; if it goes on, the card is damaged.") },
  { EID_ERROR_IN_USE,
    N_ ("Another program on this computer keeps the card to itself. Close it, or its window that "
        "asks for a PIN, and try again.") },
  { EID_ERROR_DENIED, N_ ("This session may not use the card reader.") },
  { EID_ERROR_NO_SERVICE, N_ ("The service for card readers has stopped in the middle.") },
  { EID_ERROR_READER_LOST, N_ ("The reader was unplugged in the middle. Plug it in again.") },
  { EID_ERROR_TIMED_OUT,
    N_ ("The reader did not answer in time. Pull it out of the computer and plug it in again.") },
  { EID_ERROR_UNREADABLE,
    N_ ("What the card says is not what an identity card says. Ask for another document.") },
  { EID_ERROR_ABSENT,
    N_ ("The card lacks what an identity card must have. Ask for another document.") },
};
/* clang-format on */

GuichetSlotWords
guichet_slot_words (GuichetSlotState state)
{
  GuichetSlotWords translated;

  g_return_val_if_fail (state < G_N_ELEMENTS (words), words[0]);

  translated = words[state];
  translated.brief = _ (translated.brief);
  translated.title = _ (translated.title);
  if (*translated.advice != '\0')
    translated.advice = _ (translated.advice);
  return translated;
}

const char *
guichet_slot_words_failure (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error, EID_ERROR, (int) failures[i].code))
      return _ (failures[i].advice);
  return _ ("Put the card in again and try once more.");
}

char *
guichet_slot_words_trouble (GuichetSlotState state, const GError *error)
{
  const GuichetSlotWords said = guichet_slot_words (state);

  switch (state)
    {
    case GUICHET_SLOT_READING:
      return g_strdup (said.title);
    case GUICHET_SLOT_FAILED:
      return g_strdup_printf ("%s. %s", said.title, guichet_slot_words_failure (error));
    case GUICHET_SLOT_MUTE:
    case GUICHET_SLOT_OTHER_CARD:
    case GUICHET_SLOT_REMOVED:
      return g_strdup_printf ("%s. %s", said.title, said.advice);
    default:
      return NULL;
    }
}

char *
guichet_slot_words_reader (const EidReaderState *reader)
{
  const char *content = _ ("empty");

  if (reader->status == EID_READER_MUTE)
    content = _ ("a card that does not answer");
  else if (reader->status == EID_READER_CARD)
    content =
        reader->kind == EID_CARD_OTHER ? _ ("not a Belgian identity card") : _ ("an identity card");
  /* Translators: %1$s is the name of a card reader, %2$s what lies in it. */
  return g_strdup_printf (_ ("%1$s: %2$s"), reader->name, content);
}
