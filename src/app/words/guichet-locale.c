/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which language the window speaks.
 */
#define G_LOG_DOMAIN "guichet-locale"

#include "config.h"

#include "guichet-locale.h"

#include <glib/gi18n.h>
#include <locale.h>

void
guichet_locale_setup (const char *language)
{
  const char *folder = g_getenv ("TEXTDOMAINDIR");

  if (language != NULL && language[0] != '\0')
    g_setenv ("LANGUAGE", language, TRUE);
  if (setlocale (LC_ALL, "") == NULL)
    g_message ("this system does not have the locale that it asks for");

  bindtextdomain (GUICHET_GETTEXT_PACKAGE, folder != NULL ? folder : GUICHET_LOCALE_DIR);
  bind_textdomain_codeset (GUICHET_GETTEXT_PACKAGE, "UTF-8");
  textdomain (GUICHET_GETTEXT_PACKAGE);
}

GuichetLanguage
guichet_locale_language (void)
{
  const char *const *names = g_get_language_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *word = g_strndup (names[i], 2);
      int language;

      if (guichet_enum_value (GUICHET_TYPE_LANGUAGE, word, &language))
        return (GuichetLanguage) language;
    }
  return GUICHET_LANGUAGE_EN;
}
