/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "guichet-day.h"

G_BEGIN_DECLS

/**
 * GUICHET_JSON_ERROR:
 *
 * What is wrong with a JSON text. The message names place and cause.
 */
#define GUICHET_JSON_ERROR (guichet_json_error_quark ())
GQuark guichet_json_error_quark (void);

typedef enum
{
  GUICHET_JSON_ERROR_SYNTAX,  /* not JSON (RFC 8259), or not UTF-8 */
  GUICHET_JSON_ERROR_LIMIT,   /* too large or too deep */
  GUICHET_JSON_ERROR_CONTENT, /* JSON, but not what was asked for: see the issues */
} GuichetJsonError;

/**
 * GuichetJsonLimits:
 * @max_bytes: length of the text
 * @max_depth: nested objects and arrays, the outermost counting 1
 */
typedef struct
{
  gsize max_bytes;
  guint max_depth;
} GuichetJsonLimits;

/** guichet_json_limits_default: 64 KiB, 16 levels. */
extern const GuichetJsonLimits guichet_json_limits_default;

/**
 * guichet_json_parse:
 * @text: bytes from anywhere
 * @limits: checked before json-glib, which has no limit of depth, sees a byte
 *
 * Reads a JSON text strictly after RFC 8259: one value, double quotes, no comments, no
 * duplicate member, no `\u0000`, integers that fit 64 bits.
 *
 * Returns: (transfer full): the tree, immutable
 */
JsonNode *guichet_json_parse (GBytes *text, const GuichetJsonLimits *limits, GError **error);

/**
 * GuichetIssue:
 * @type: word of what is wrong: `requiredInput`, `invalidInput`, `invalidStructure`,
 *   `outOfRange`, `unknownInput`, `schemaViolation`, `rejectedInput`
 * @name: path of the member as the Belgif guide writes it, `applicant.addresses[0].postCode`
 * @detail: a sentence for a person, never holding the value itself
 *
 * One thing that is wrong with an input.
 */
typedef struct
{
  char *type;
  char *name;
  char *detail;
} GuichetIssue;

GuichetIssue *guichet_issue_new (const char *type, const char *name, const char *detail);
void guichet_issue_free (GuichetIssue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetIssue, guichet_issue_free)

/** guichet_issues_new: an array that frees its #GuichetIssue. */
GPtrArray *guichet_issues_new (void);

typedef enum
{
  GUICHET_JSON_STRICT, /* unknown members are issues: what reaches the server */
  GUICHET_JSON_LENIENT /* unknown members are skipped: what reaches the desk */
} GuichetJsonMode;

typedef enum
{
  GUICHET_JSON_REQUIRED,
  GUICHET_JSON_OPTIONAL, /* absent is fine; null is not the same as absent */
} GuichetJsonNeed;

/**
 * GuichetJsonReader:
 *
 * Reads members of exactly the kind asked for and collects every issue instead of
 * stopping at the first: a getter that finds something wrong notes it and returns a
 * neutral value (NULL, 0, FALSE, GUICHET_DAY_NONE). guichet_json_reader_finish() is where
 * a codec learns whether what it read may be used.
 *
 * Strings returned belong to the tree, which must outlive them.
 */
typedef struct _GuichetJsonReader GuichetJsonReader;

/** guichet_json_reader_new: @root must be an object, or finish fails. */
GuichetJsonReader *guichet_json_reader_new (JsonNode *root, GuichetJsonMode mode);
void guichet_json_reader_free (GuichetJsonReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetJsonReader, guichet_json_reader_free)

gboolean guichet_json_reader_has (GuichetJsonReader *self, const char *member);

/** guichet_json_reader_string: at most @max_chars characters; control characters but newline and tab are refused. */
const char *guichet_json_reader_string (GuichetJsonReader *self,
                                        const char *member,
                                        GuichetJsonNeed need,
                                        gsize max_chars);
/** guichet_json_reader_opaque: as guichet_json_reader_string() but in bytes, for base64. */
const char *guichet_json_reader_opaque (GuichetJsonReader *self,
                                        const char *member,
                                        GuichetJsonNeed need,
                                        gsize max_bytes);
gint64 guichet_json_reader_integer (GuichetJsonReader *self,
                                    const char *member,
                                    GuichetJsonNeed need,
                                    gint64 min,
                                    gint64 max);
gboolean
guichet_json_reader_boolean (GuichetJsonReader *self, const char *member, GuichetJsonNeed need);
/** guichet_json_reader_enum: the value of a word; 0 if absent. */
int guichet_json_reader_enum (GuichetJsonReader *self,
                              const char *member,
                              GuichetJsonNeed need,
                              GType type);
GuichetDay
guichet_json_reader_day (GuichetJsonReader *self, const char *member, GuichetJsonNeed need);
/** guichet_json_reader_instant: microseconds since the epoch; 0 if absent, so that the epoch itself is refused. */
gint64
guichet_json_reader_instant (GuichetJsonReader *self, const char *member, GuichetJsonNeed need);
/** guichet_json_reader_object: the object as it is, for content that another codec checks. (transfer none) */
JsonObject *
guichet_json_reader_object (GuichetJsonReader *self, const char *member, GuichetJsonNeed need);

/** guichet_json_reader_enter: goes into an object member; pair with leave if TRUE. */
gboolean
guichet_json_reader_enter (GuichetJsonReader *self, const char *member, GuichetJsonNeed need);
/** guichet_json_reader_enter_array: goes into an array of at most @max items; pair with leave if TRUE. */
gboolean guichet_json_reader_enter_array (GuichetJsonReader *self,
                                          const char *member,
                                          GuichetJsonNeed need,
                                          guint max,
                                          guint *ret_n_items);
/** guichet_json_reader_enter_item: inside an array, goes into the object at @index; pair with leave if TRUE. */
gboolean guichet_json_reader_enter_item (GuichetJsonReader *self, guint index);
/** guichet_json_reader_item_string: inside an array, the string at @index. */
const char *guichet_json_reader_item_string (GuichetJsonReader *self, guint index, gsize max_chars);
/** guichet_json_reader_leave: back out; in strict mode, notes members that nobody asked for. */
void guichet_json_reader_leave (GuichetJsonReader *self);

/** guichet_json_reader_members: names of the members of the current object, in order. (transfer container) */
GList *guichet_json_reader_members (GuichetJsonReader *self);

/** guichet_json_reader_refuse: notes an issue of the codec's own about @member (or the current place, if NULL). */
void guichet_json_reader_refuse (GuichetJsonReader *self,
                                 const char *member,
                                 const char *type,
                                 const char *detail);

/**
 * guichet_json_reader_finish:
 *
 * Returns: %TRUE if nothing was wrong; else @error is %GUICHET_JSON_ERROR_CONTENT and its
 *   message names every place
 */
gboolean guichet_json_reader_finish (GuichetJsonReader *self, GError **error);

/** guichet_json_reader_get_issues: (transfer none) (element-type GuichetIssue) */
GPtrArray *guichet_json_reader_get_issues (GuichetJsonReader *self);

G_END_DECLS
