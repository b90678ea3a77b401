/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue as a list model over the mirror.
 */
#define G_LOG_DOMAIN "guichet-queue"

#include "config.h"

#include "guichet-queue.h"

struct _GuichetQueue
{
  GObject parent_instance;

  GuichetDesk *desk; /* (owned) */
  char *search;      /* (owned) */
  GuichetView view;
  GuichetDepartment department;
  GuichetSort sort;
  gboolean descending;
};

enum
{
  PROP_VIEW = 1,
  PROP_DEPARTMENT,
  PROP_SORT,
  PROP_DESCENDING,
  PROP_SEARCH,
  PROP_LOADING,
  PROP_N_ITEMS,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
guichet_queue_get_item_type (GListModel *model)
{
  return GUICHET_TYPE_ROW;
}

static guint
guichet_queue_get_n_items (GListModel *model)
{
  return 0;
}

static gpointer
guichet_queue_get_item (GListModel *model, guint position)
{
  return NULL;
}

static void
guichet_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = guichet_queue_get_item_type;
  iface->get_n_items = guichet_queue_get_n_items;
  iface->get_item = guichet_queue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetQueue,
                               guichet_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      guichet_queue_list_model_init))

static void
guichet_queue_finalize (GObject *object)
{
  GuichetQueue *self = GUICHET_QUEUE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->search, g_free);

  G_OBJECT_CLASS (guichet_queue_parent_class)->finalize (object);
}

static void
guichet_queue_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetQueue *self = GUICHET_QUEUE (object);

  switch (prop_id)
    {
    case PROP_VIEW:
      g_value_set_enum (value, self->view);
      break;
    case PROP_DEPARTMENT:
      g_value_set_enum (value, self->department);
      break;
    case PROP_SORT:
      g_value_set_enum (value, self->sort);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->descending);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_LOADING:
    case PROP_N_ITEMS:
    case PROP_ERROR:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_queue_class_init (GuichetQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = guichet_queue_finalize;
  object_class->get_property = guichet_queue_get_property;

  properties[PROP_VIEW] =
      g_param_spec_enum ("view", NULL, NULL, GUICHET_TYPE_VIEW, GUICHET_VIEW_MINE, flags);
  properties[PROP_DEPARTMENT] = g_param_spec_enum ("department",
                                                   NULL,
                                                   NULL,
                                                   GUICHET_TYPE_DEPARTMENT,
                                                   GUICHET_DEPARTMENT_NONE,
                                                   flags);
  properties[PROP_SORT] =
      g_param_spec_enum ("sort", NULL, NULL, GUICHET_TYPE_SORT, GUICHET_SORT_DUE, flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guichet_queue_init (GuichetQueue *self)
{
  self->search = g_strdup ("");
}

GuichetQueue *
guichet_queue_new (GuichetDesk *desk)
{
  GuichetQueue *self = g_object_new (GUICHET_TYPE_QUEUE, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

void
guichet_queue_set_view (GuichetQueue *self, GuichetView view, GuichetDepartment department)
{
}

void
guichet_queue_set_sort (GuichetQueue *self, GuichetSort sort, gboolean descending)
{
}

void
guichet_queue_set_search (GuichetQueue *self, const char *text)
{
}

GuichetView
guichet_queue_get_view (GuichetQueue *self)
{
  return self->view;
}

GuichetDepartment
guichet_queue_get_department (GuichetQueue *self)
{
  return self->department;
}

GuichetSort
guichet_queue_get_sort (GuichetQueue *self)
{
  return self->sort;
}

gboolean
guichet_queue_get_descending (GuichetQueue *self)
{
  return self->descending;
}

const char *
guichet_queue_get_search (GuichetQueue *self)
{
  return self->search;
}

gboolean
guichet_queue_get_loading (GuichetQueue *self)
{
  return FALSE;
}

guint
guichet_queue_find (GuichetQueue *self, const char *reference)
{
  return G_MAXUINT;
}
