/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who the person is: the check that is recorded, and the moves that wait for one.
 */
#define G_LOG_DOMAIN "guichet-decide-identity"

#include "config.h"

#include "guichet-decide-private.h"

G_DEFINE_ENUM_TYPE (GuichetLack,
                    guichet_lack,
                    G_DEFINE_ENUM_VALUE (GUICHET_LACK_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_LACK_CHECK, "check"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LACK_PRESENCE, "presence"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LACK_RENEWAL, "renewal"))

gboolean
guichet_decide_check_identity (GuichetRuling *self, GError **error)
{
  const GuichetCommand *command = self->command;

  if (command->check == NULL)
    return guichet_ruling_refuse (GUICHET_REFUSAL_CHALLENGE_OVER,
                                  "the challenge was not given here, was answered or is too old",
                                  error);

  guichet_ruling_add_event (self, GUICHET_EVENT_IDENTITY_CHECKED)->check =
      guichet_identity_check_ref (command->check);
  return TRUE;
}

/* The lack that this one check leaves. */
static GuichetLack
lack_after (const GuichetIdentityNeed *need, const GuichetVerification *verification, gint64 now)
{
  if (now - verification->instant > (gint64) need->hours * G_TIME_SPAN_HOUR)
    return GUICHET_LACK_RENEWAL;
  if (need->presence && !guichet_method_proves_presence (verification->method))
    return GUICHET_LACK_PRESENCE;
  return GUICHET_LACK_NONE;
}

GuichetLack
guichet_decide_lack (const GuichetProcedure *procedure,
                     const GuichetRequest *request,
                     const char *to,
                     gint64 now)
{
  const GuichetIdentityNeed *need;
  GuichetLack lack = GUICHET_LACK_CHECK;

  g_return_val_if_fail (procedure != NULL && request != NULL && to != NULL, GUICHET_LACK_NONE);

  need = guichet_procedure_find_identity_need (procedure, request->stage, to);
  if (need == NULL)
    return GUICHET_LACK_NONE;

  /* The newest first: it says what would help, and what it found wrong undoes those before. */
  for (guint i = request->verifications->len; i > 0; i--)
    {
      const GuichetVerification *verification = g_ptr_array_index (request->verifications, i - 1);
      GuichetLack left;

      if (guichet_finding_speaks_against (verification->finding))
        break;
      if (!guichet_finding_is_good (verification->finding))
        continue;
      left = lack_after (need, verification, now);
      if (left == GUICHET_LACK_NONE)
        return left;
      if (lack == GUICHET_LACK_CHECK)
        lack = left;
    }
  return lack;
}

gboolean
guichet_ruling_check_identity (GuichetRuling *self, const char *to, GError **error)
{
  static const char *const details[] = {
    [GUICHET_LACK_CHECK] = "needs a check of the person's identity",
    [GUICHET_LACK_PRESENCE] = "needs a check with proof that the card was there",
    [GUICHET_LACK_RENEWAL] = "needs a newer check of the person's identity",
  };
  GuichetLack lack = guichet_decide_lack (self->procedure, self->request, to, self->now);

  if (lack == GUICHET_LACK_NONE)
    return TRUE;
  guichet_ruling_add_issue (self, "rejectedInput", "to", details[lack]);
  return guichet_ruling_refuse (GUICHET_REFUSAL_IDENTITY_MISSING,
                                "this move needs a check of the person's identity",
                                error);
}
