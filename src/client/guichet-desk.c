/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk's one door to the server and to what is kept of it: what it says of itself. How a
 * session begins, lives and ends stands in guichet-desk-enter.c, -live.c and -leave.c; the commands
 * that are given to it in -commands.c, and who is signed in -person.c.
 */
#define G_LOG_DOMAIN "guichet-desk"

#include "config.h"

#include "guichet-desk-private.h"

#define DEFAULT_ZONE "Europe/Brussels"

enum
{
  PROP_STATE = 1,
  PROP_CLERK,
  PROP_CATALOGUE,
  PROP_SYNC_DONE,
  PROP_SYNC_TOTAL,
  PROP_PENDING,
  PROP_HELD,
  PROP_OFFLINE_SINCE,
  PROP_KEYRING,
  PROP_KEYRING_MISSING,
  PROP_SIGNING_OUT,
  PROP_LEAVING,
  PROP_UNFINISHED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  COUNTS_CHANGED,
  HELD_CHANGED,
  ARRIVED,
  MIRROR_REPLACED,
  LINES_CHANGED,
  PENDING_CHANGED,
  DAY_CHANGED,
  RECONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (GuichetDeskState,
                    guichet_desk_state,
                    G_DEFINE_ENUM_VALUE (GUICHET_DESK_SIGNED_OUT, "signedOut"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DESK_SYNCHRONISING, "synchronising"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DESK_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DESK_OFFLINE, "offline"))
G_DEFINE_QUARK (guichet - desk - error - quark, guichet_desk_error)

gboolean
guichet_desk_error_is_open (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_FAILED) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
}
G_DEFINE_FINAL_TYPE (GuichetDesk, guichet_desk, G_TYPE_OBJECT)

static void
notify (GuichetDesk *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* State */

static GuichetDeskState
find_state (GuichetDesk *self)
{
  if (self->api == NULL)
    return GUICHET_DESK_SIGNED_OUT;
  if (self->offline_since != 0)
    return GUICHET_DESK_OFFLINE;
  if (self->mirror == NULL || !guichet_mirror_get_synchronised (self->mirror))
    return GUICHET_DESK_SYNCHRONISING;
  return GUICHET_DESK_ONLINE;
}

void
_guichet_desk_update_state (GuichetDesk *self)
{
  const GuichetDeskState state = find_state (self);

  if (state == self->state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

void
_guichet_desk_set_offline (GuichetDesk *self, gboolean offline)
{
  if (offline == (self->offline_since != 0))
    return;

  self->offline_since = offline ? guichet_desk_now (self) : 0;
  notify (self, PROP_OFFLINE_SINCE);
  _guichet_desk_update_state (self);
}

void
_guichet_desk_set_keyring (GuichetDesk *self, GuichetKept keyring)
{
  if (keyring == self->keyring)
    return;
  self->keyring = keyring;
  notify (self, PROP_KEYRING);
  notify (self, PROP_KEYRING_MISSING);
}

void
_guichet_desk_set_signing_out (GuichetDesk *self, gboolean signing_out)
{
  self->signing_out = signing_out;
  notify (self, PROP_SIGNING_OUT);
}

void
_guichet_desk_set_leaving (GuichetDesk *self, gboolean leaving)
{
  self->leaving = leaving;
  notify (self, PROP_LEAVING);
}

void
_guichet_desk_update_unfinished (GuichetDesk *self)
{
  const gboolean unfinished = self->n_leaving > 0 || self->n_wiping > 0 ||
                              (self->outbox != NULL && guichet_outbox_is_busy (self->outbox));

  if (unfinished == self->unfinished)
    return;
  self->unfinished = unfinished;
  notify (self, PROP_UNFINISHED);
}

void
_guichet_desk_check_day (GuichetDesk *self)
{
  const GuichetDay today = guichet_desk_today (self);

  if (today == self->today)
    return;
  self->today = today;
  if (self->mirror != NULL)
    guichet_mirror_set_today (self->mirror, today);
  g_signal_emit (self, signals[DAY_CHANGED], 0);
}

void
_guichet_desk_notify_sync (GuichetDesk *self)
{
  notify (self, PROP_SYNC_DONE);
  notify (self, PROP_SYNC_TOTAL);
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
}

void
_guichet_desk_notify_pending (GuichetDesk *self, const char *reference)
{
  notify (self, PROP_PENDING);
  g_signal_emit (self, signals[PENDING_CHANGED], 0, reference);
}

void
_guichet_desk_emit_applied (GuichetDesk *self, GuichetApplied *applied)
{
  g_signal_emit (self, signals[LINES_CHANGED], 0, applied);
  for (guint i = 0; i < applied->touched->len; i++)
    {
      const GuichetTouched *touched = g_ptr_array_index (applied->touched, i);

      if (touched->arrived)
        g_signal_emit (self, signals[ARRIVED], 0, touched->reference);
    }
}

void
_guichet_desk_emit_mirror_replaced (GuichetDesk *self)
{
  g_signal_emit (self, signals[MIRROR_REPLACED], 0);
}

void
_guichet_desk_emit_reconnected (GuichetDesk *self)
{
  g_signal_emit (self, signals[RECONNECTED], 0);
}

/* Object */

static void
guichet_desk_dispose (GObject *object)
{
  GuichetDesk *self = GUICHET_DESK (object);

  _guichet_desk_go_silent (self);
  g_clear_object (&self->api);
  g_clear_object (&self->mirror);
  g_clear_object (&self->outbox);

  G_OBJECT_CLASS (guichet_desk_parent_class)->dispose (object);
}

static void
guichet_desk_finalize (GObject *object)
{
  GuichetDesk *self = GUICHET_DESK (object);

  guichet_worker_shutdown (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->glossary, guichet_glossary_unref);
  g_clear_pointer (&self->looked_at, g_hash_table_unref);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  for (int i = 0; i < GUICHET_N_DEPARTMENTS; i++)
    g_clear_pointer (&self->colleagues[i], g_ptr_array_unref);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->me, guichet_me_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_clear_pointer (&self->catalogue_version, g_free);

  G_OBJECT_CLASS (guichet_desk_parent_class)->finalize (object);
}

static void
guichet_desk_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetDesk *self = GUICHET_DESK (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_CLERK:
      g_value_set_pointer (value, (gpointer) guichet_desk_get_clerk (self));
      break;
    case PROP_CATALOGUE:
      g_value_set_pointer (value, self->catalogue);
      break;
    case PROP_SYNC_DONE:
      g_value_set_int64 (value,
                         self->mirror != NULL ? guichet_mirror_get_n_lines (self->mirror) : 0);
      break;
    case PROP_SYNC_TOTAL:
      g_value_set_int64 (value, self->sync_total);
      break;
    case PROP_PENDING:
      g_value_set_uint (value,
                        self->outbox != NULL ? guichet_outbox_get_n_pending (self->outbox) : 0);
      break;
    case PROP_HELD:
      g_value_set_uint (value, self->held->len);
      break;
    case PROP_OFFLINE_SINCE:
      g_value_set_int64 (value, self->offline_since);
      break;
    case PROP_KEYRING:
      g_value_set_boolean (value, self->keyring == GUICHET_KEPT_YES);
      break;
    case PROP_KEYRING_MISSING:
      g_value_set_boolean (value, self->keyring == GUICHET_KEPT_NO);
      break;
    case PROP_SIGNING_OUT:
      g_value_set_boolean (value, self->signing_out);
      break;
    case PROP_LEAVING:
      g_value_set_boolean (value, self->leaving);
      break;
    case PROP_UNFINISHED:
      g_value_set_boolean (value, self->unfinished);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static guint
new_signal (GuichetDeskClass *klass, const char *name, GType type)
{
  return g_signal_new (name,
                       G_TYPE_FROM_CLASS (klass),
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       type != G_TYPE_NONE ? 1 : 0,
                       type);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_STATE] = g_param_spec_enum ("state",
                                              NULL,
                                              NULL,
                                              GUICHET_TYPE_DESK_STATE,
                                              GUICHET_DESK_SIGNED_OUT,
                                              flags);
  properties[PROP_CLERK] = g_param_spec_pointer ("clerk", NULL, NULL, flags);
  properties[PROP_CATALOGUE] = g_param_spec_pointer ("catalogue", NULL, NULL, flags);
  properties[PROP_SYNC_DONE] =
      g_param_spec_int64 ("sync-done", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SYNC_TOTAL] =
      g_param_spec_int64 ("sync-total", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PENDING] = g_param_spec_uint ("pending", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_HELD] = g_param_spec_uint ("held", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_OFFLINE_SINCE] =
      g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_KEYRING] = g_param_spec_boolean ("keyring", NULL, NULL, FALSE, flags);
  properties[PROP_KEYRING_MISSING] =
      g_param_spec_boolean ("keyring-missing", NULL, NULL, FALSE, flags);
  properties[PROP_SIGNING_OUT] = g_param_spec_boolean ("signing-out", NULL, NULL, FALSE, flags);
  properties[PROP_LEAVING] = g_param_spec_boolean ("leaving", NULL, NULL, FALSE, flags);
  properties[PROP_UNFINISHED] = g_param_spec_boolean ("unfinished", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guichet_desk_class_init (GuichetDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_desk_dispose;
  object_class->finalize = guichet_desk_finalize;
  object_class->get_property = guichet_desk_get_property;
  install_properties (object_class);

  signals[COUNTS_CHANGED] = new_signal (klass, "counts-changed", G_TYPE_NONE);
  signals[HELD_CHANGED] = new_signal (klass, "held-changed", G_TYPE_NONE);
  signals[ARRIVED] = new_signal (klass, "arrived", G_TYPE_STRING);
  signals[MIRROR_REPLACED] = new_signal (klass, "mirror-replaced", G_TYPE_NONE);
  signals[LINES_CHANGED] = new_signal (klass, "lines-changed", G_TYPE_POINTER);
  signals[PENDING_CHANGED] = new_signal (klass, "pending-changed", G_TYPE_STRING);
  signals[DAY_CHANGED] = new_signal (klass, "day-changed", G_TYPE_NONE);
  signals[RECONNECTED] = new_signal (klass, "reconnected", G_TYPE_NONE);
}

static void
guichet_desk_init (GuichetDesk *self)
{
  self->worker = guichet_worker_new ("desk");
  self->zone = g_time_zone_new_identifier (DEFAULT_ZONE);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  self->glossary = guichet_glossary_new (NULL, GUICHET_LANGUAGE_FR);
  self->looked_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->held = _guichet_desk_held_new ();
  self->drafts = _guichet_desk_drafts_new ();
  for (int i = 0; i < GUICHET_N_DEPARTMENTS; i++)
    self->colleagues[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_clerk_unref);
}

GuichetDesk *
guichet_desk_new (GuichetClock *clock, const char *data_dir)
{
  GuichetDesk *self = g_object_new (GUICHET_TYPE_DESK, NULL);

  self->clock = g_object_ref (clock);
  self->data_dir = g_strdup (data_dir);
  _guichet_desk_make_folders (self);
  _guichet_desk_recall (self);
  return self;
}

/* What it says */

GuichetDeskState
guichet_desk_get_state (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), GUICHET_DESK_SIGNED_OUT);
  return self->state;
}

gboolean
guichet_desk_has_expired (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), FALSE);
  return self->api == NULL && self->expired;
}

gboolean
guichet_desk_has_returned (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), FALSE);
  return self->api != NULL && self->returned;
}

gboolean
guichet_desk_is_signing_out (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), FALSE);
  return self->signing_out;
}

gboolean
guichet_desk_is_leaving (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), FALSE);
  return self->leaving;
}

gboolean
guichet_desk_is_unfinished (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), FALSE);
  return self->unfinished;
}

guint
guichet_desk_get_n_unsent (GuichetDesk *self)
{
  guint n_unsent;

  g_return_val_if_fail (GUICHET_IS_DESK (self), 0);
  if (self->outbox == NULL)
    return 0;
  n_unsent = guichet_outbox_get_n_unsent (self->outbox);
  return n_unsent - MIN (n_unsent, self->held->len);
}

guint
guichet_desk_get_n_unrecorded (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), 0);
  return self->outbox != NULL ? guichet_outbox_get_n_accesses (self->outbox) : 0;
}

const char *
guichet_desk_get_server (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);
  return self->server;
}

const char *
guichet_desk_get_login (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);
  return self->login;
}

const GuichetClerk *
guichet_desk_get_clerk (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);
  return self->me != NULL ? self->me->clerk : NULL;
}

const GuichetCatalogue *
guichet_desk_get_catalogue (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);
  return self->catalogue;
}

gint64
guichet_desk_now (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), 0);
  return guichet_clock_now (self->clock) + self->clock_offset;
}

GuichetDay
guichet_desk_today (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), GUICHET_DAY_NONE);
  return guichet_day_of_instant (guichet_desk_now (self), self->zone);
}

GTimeZone *
guichet_desk_get_zone (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);
  return self->zone;
}

gint64
guichet_desk_get_count (GuichetDesk *self, GuichetView view, GuichetDepartment department)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), -1);

  if (self->mirror == NULL || !guichet_mirror_get_synchronised (self->mirror))
    return -1;
  return guichet_mirror_get_counts (self->mirror)->of[department][view];
}

void
guichet_desk_refresh (GuichetDesk *self)
{
  g_return_if_fail (GUICHET_IS_DESK (self));

  if (self->api == NULL)
    return;
  guichet_feed_hurry (self->feed);
  guichet_outbox_hurry (self->outbox);
  if (self->sync != NULL)
    guichet_sync_run (self->sync);
  if (self->mirror_error != NULL)
    _guichet_desk_open_mirror (self);
}
