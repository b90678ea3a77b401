/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request that is open on the desk, followed live.
 */
#define G_LOG_DOMAIN "guichet-open-request"

#include "config.h"

#include "guichet-open-request.h"

struct _GuichetOpenRequest
{
  GObject parent_instance;

  GuichetDesk *desk;  /* (owned) */
  char *reference;    /* (owned) */
  GPtrArray *nothing; /* (owned): empty */
};

enum
{
  PROP_REFERENCE = 1,
  PROP_LOADING,
  PROP_ERROR,
  PROP_STALE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetOpenRequest, guichet_open_request, G_TYPE_OBJECT)

static void
guichet_open_request_finalize (GObject *object)
{
  GuichetOpenRequest *self = GUICHET_OPEN_REQUEST (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->nothing, g_ptr_array_unref);

  G_OBJECT_CLASS (guichet_open_request_parent_class)->finalize (object);
}

static void
guichet_open_request_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetOpenRequest *self = GUICHET_OPEN_REQUEST (object);

  switch (prop_id)
    {
    case PROP_REFERENCE:
      g_value_set_string (value, self->reference);
      break;
    case PROP_LOADING:
    case PROP_ERROR:
    case PROP_STALE:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_open_request_class_init (GuichetOpenRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = guichet_open_request_finalize;
  object_class->get_property = guichet_open_request_get_property;

  properties[PROP_REFERENCE] = g_param_spec_string ("reference", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
guichet_open_request_init (GuichetOpenRequest *self)
{
  self->nothing = g_ptr_array_new ();
}

GuichetOpenRequest *
guichet_open_request_new (GuichetDesk *desk, const char *reference)
{
  GuichetOpenRequest *self = g_object_new (GUICHET_TYPE_OPEN_REQUEST, NULL);

  self->desk = g_object_ref (desk);
  self->reference = g_strdup (reference);
  return self;
}

const char *
guichet_open_request_get_reference (GuichetOpenRequest *self)
{
  return self->reference;
}

gboolean
guichet_open_request_get_loading (GuichetOpenRequest *self)
{
  return FALSE;
}

gboolean
guichet_open_request_get_stale (GuichetOpenRequest *self)
{
  return FALSE;
}

const GError *
guichet_open_request_get_error (GuichetOpenRequest *self)
{
  return NULL;
}

const GuichetRequest *
guichet_open_request_get_request (GuichetOpenRequest *self)
{
  return NULL;
}

const GuichetProcedure *
guichet_open_request_get_procedure (GuichetOpenRequest *self)
{
  return NULL;
}

GPtrArray *
guichet_open_request_get_events (GuichetOpenRequest *self)
{
  return self->nothing;
}

GPtrArray *
guichet_open_request_get_pending (GuichetOpenRequest *self)
{
  return self->nothing;
}

GPtrArray *
guichet_open_request_get_moves (GuichetOpenRequest *self)
{
  return self->nothing;
}

const GuichetDeadline *
guichet_open_request_get_deadline (GuichetOpenRequest *self)
{
  return NULL;
}

const char *
guichet_open_request_name_of (GuichetOpenRequest *self, const char *login)
{
  return login;
}

void
guichet_open_request_mark_seen (GuichetOpenRequest *self)
{
}

void
guichet_open_request_refresh (GuichetOpenRequest *self)
{
}
