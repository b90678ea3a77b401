/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may what, asked once and in one place, and said to the statements of lists in their
 * own terms.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichet-account-name.h"
#include "guichet-error.h"
#include "guichetd-engine-private.h"

gboolean
guichetd_engine_can (GuichetdEngine *self,
                     const GuichetClerk *actor,
                     GuichetCapability wanted,
                     GuichetDepartment department,
                     const char *procedure)
{
  const GuichetProcedure *known = guichet_catalogue_find (self->catalogue, procedure);

  return guichet_clerk_can (actor,
                            wanted,
                            department,
                            procedure,
                            known == NULL || known->restricted);
}

gboolean
guichetd_engine_not_found (GError **error)
{
  g_set_error_literal (error,
                       GUICHETD_ENGINE_ERROR,
                       GUICHETD_ENGINE_ERROR_NOT_FOUND,
                       "there is no such request");
  return FALSE;
}

static gboolean
not_allowed (GError **error)
{
  g_set_error_literal (error,
                       GUICHET_REFUSAL,
                       GUICHET_REFUSAL_NOT_ALLOWED,
                       "role or department does not allow this");
  return FALSE;
}

gboolean
guichetd_engine_admit (GuichetdEngine *self,
                       const GuichetClerk *actor,
                       GuichetCapability wanted,
                       GuichetDepartment department,
                       const char *procedure,
                       GError **error)
{
  if (!guichetd_engine_can (self, actor, GUICHET_CAN_LIST, department, procedure))
    return guichetd_engine_not_found (error);
  if (guichetd_engine_can (self, actor, wanted, department, procedure))
    return TRUE;

  return not_allowed (error);
}

gboolean
guichetd_engine_may_know (GuichetdEngine *self,
                          GuichetDb *db,
                          const GuichetClerk *actor,
                          const char *name,
                          gboolean *ret_may,
                          GError **error)
{
  g_autofree char *account = guichet_account_name_parse (name);
  g_auto (GuichetdRow) row = { 0 };
  g_autoptr (GError) local_error = NULL;

  *ret_may =
      account != NULL
          ? guichet_clerk_can_somewhere (actor, GUICHET_CAN_ASSIST_ACCOUNT)
          : guichetd_requests_find (db, name, &row, &local_error) &&
                guichetd_engine_can (self, actor, GUICHET_CAN_LIST, row.department, row.procedure);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

void
guichetd_engine_rights (GuichetdEngine *self, const GuichetClerk *actor, GuichetdRights *rights)
{
  g_autoptr (GuichetJsonWriter) departments = guichet_json_writer_new ();
  g_autoptr (GuichetJsonWriter) procedures = guichet_json_writer_new ();
  const GPtrArray *known = guichet_catalogue_procedures (self->catalogue);

  guichet_json_writer_begin_array (departments, NULL);
  for (int i = GUICHET_DEPARTMENT_POPULATION; i <= GUICHET_DEPARTMENT_ARCHIVES; i++)
    if ((guichet_clerk_capabilities (actor, (GuichetDepartment) i) & GUICHET_CAN_LIST) != 0)
      guichet_json_writer_string (departments,
                                  NULL,
                                  guichet_enum_word (GUICHET_TYPE_DEPARTMENT, i));
  guichet_json_writer_end_array (departments);

  /* Named one by one: what the catalogue does not know is nobody's to see but who is named for it. */
  guichet_json_writer_begin_array (procedures, NULL);
  for (guint i = 0; i < known->len; i++)
    {
      const GuichetProcedure *procedure = g_ptr_array_index (known, i);

      if (!procedure->restricted)
        guichet_json_writer_string (procedures, NULL, procedure->code);
    }
  for (guint i = 0; actor->restricted[i] != NULL; i++)
    guichet_json_writer_string (procedures, NULL, actor->restricted[i]);
  guichet_json_writer_end_array (procedures);

  rights->departments = guichet_json_writer_end_text (departments);
  rights->procedures = guichet_json_writer_end_text (procedures);
}

/* Asked before anything is looked up: so it says nothing of what there is. */
gboolean
guichetd_engine_may_assist (GuichetdEngine *self, const GuichetClerk *actor, GError **error)
{
  return guichet_clerk_can_somewhere (actor, GUICHET_CAN_ASSIST_ACCOUNT) || not_allowed (error);
}
