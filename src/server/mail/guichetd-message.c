/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A notification as an Internet message.
 */
#define G_LOG_DOMAIN "guichetd-message"

#include "config.h"

#include "guichetd-message.h"

#include <gmime/gmime.h>

#include "guichet-form.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)

static GMimeObject *
new_part (const char *subtype, const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype (subtype);

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, text);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GMIME_OBJECT (part);
}

static GMimeObject *
new_body (const GuichetRendering *rendering)
{
  GMimeMultipart *both = g_mime_multipart_new_with_subtype ("alternative");
  g_autoptr (GMimeObject) plain = new_part ("plain", rendering->text);
  g_autoptr (GMimeObject) html = new_part ("html", rendering->html);

  /* The last form is the one to prefer (RFC 2046, section 5.1.4). */
  g_mime_multipart_add (both, plain);
  g_mime_multipart_add (both, html);
  return GMIME_OBJECT (both);
}

static gboolean
check_address (const char *address, const char *role, GError **error)
{
  if (guichet_email_is_valid (address))
    return TRUE;

  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_INVALID_ARGUMENT,
               "the address of the %s is not one that mail can be sent to",
               role);
  return FALSE;
}

GBytes *
guichetd_message_compose (const GuichetdEnvelope *envelope,
                          const GuichetRendering *rendering,
                          GTimeZone *zone,
                          GError **error)
{
  g_return_val_if_fail (envelope != NULL && rendering != NULL && zone != NULL, NULL);

  static gsize ready = 0;
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GMimeObject) body = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) date = NULL;
  GMimeFormatOptions *format;
  GMimeObject *object;
  char *text;

  if (!check_address (envelope->from, "sender", error) ||
      !check_address (envelope->to, "citizen", error) ||
      (envelope->reply_to != NULL && !check_address (envelope->reply_to, "department", error)))
    return NULL;

  if (g_once_init_enter (&ready))
    {
      g_mime_init ();
      g_once_init_leave (&ready, 1);
    }

  message = g_mime_message_new (TRUE);
  object = GMIME_OBJECT (message);
  utc = g_date_time_new_from_unix_utc (envelope->instant / G_USEC_PER_SEC);
  date = g_date_time_to_timezone (utc, zone);

  g_mime_message_add_mailbox (message,
                              GMIME_ADDRESS_TYPE_FROM,
                              envelope->from_name,
                              envelope->from);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, NULL, envelope->to);
  if (envelope->reply_to != NULL)
    g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, envelope->reply_to);
  g_mime_message_set_subject (message, rendering->subject, "utf-8");
  g_mime_message_set_date (message, date);
  g_mime_message_set_message_id (message, envelope->message_id);
  g_mime_object_set_header (object, "Auto-Submitted", "auto-generated", NULL);
  g_mime_object_set_header (object,
                            "Content-Language",
                            guichet_enum_word (GUICHET_TYPE_LANGUAGE, rendering->language),
                            NULL);

  body = new_body (rendering);
  g_mime_message_set_mime_part (message, body);

  format = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (format, GMIME_NEWLINE_FORMAT_DOS);
  text = g_mime_object_to_string (object, format);
  g_mime_format_options_free (format);
  return g_bytes_new_take (text, strlen (text));
}
