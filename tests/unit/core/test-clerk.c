/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may do what, and who asks.
 */
#include "config.h"

#include "guichet-citizen.h"
#include "guichet-clerk.h"

#define ALL                                                                      \
  (GUICHET_CAN_LIST | GUICHET_CAN_READ | GUICHET_CAN_WORK | GUICHET_CAN_DECIDE | \
   GUICHET_CAN_ASSIGN_OTHERS | GUICHET_CAN_REOPEN | GUICHET_CAN_ENCODE |         \
   GUICHET_CAN_SEE_ACCESS_LOG | GUICHET_CAN_PURGE | GUICHET_CAN_MANAGE_STAFF |   \
   GUICHET_CAN_ASSIST_ACCOUNT)

static const struct
{
  GuichetRole role;
  const char *can; /* in the order of the enumeration */
} roles[] = {
  { GUICHET_ROLE_NONE, "" },
  { GUICHET_ROLE_CLERK, "list read work encode assistAccount" },
  { GUICHET_ROLE_OFFICER, "list read work decide encode assistAccount" },
  { GUICHET_ROLE_SUPERVISOR,
    "list read work decide assignOthers reopen encode seeAccessLog assistAccount" },
  { GUICHET_ROLE_RECEPTION, "list encode assistAccount" },
  { GUICHET_ROLE_PROTECTION, "list read seeAccessLog purge" },
  { GUICHET_ROLE_ADMINISTRATOR, "manageStaff" },
};

static char *
words_of (GuichetCapability capabilities)
{
  g_autoptr (GFlagsClass) klass = g_type_class_ref (GUICHET_TYPE_CAPABILITY);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < klass->n_values; i++)
    if ((capabilities & klass->values[i].value) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", klass->values[i].value_nick);
  return g_string_free (text, FALSE);
}

static void
test_roles (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (GUICHET_TYPE_ROLE);
  g_autofree char *all = words_of (ALL);

  g_assert_cmpuint (klass->n_values, ==, G_N_ELEMENTS (roles));
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *words = words_of (guichet_role_capabilities (roles[i].role));

      g_assert_cmpstr (words, ==, roles[i].can);
    }
  g_assert_cmpstr (all,
                   ==,
                   "list read work decide assignOthers reopen encode seeAccessLog purge "
                   "manageStaff assistAccount");
}

static GuichetClerk *
make_clerk (const GuichetPost *posts, guint n_posts, const char *restricted)
{
  GuichetClerk *clerk = guichet_clerk_new ();

  clerk->login = g_strdup ("marie.dubois");
  clerk->name = g_strdup ("Marie Dubois");
  g_array_append_vals (clerk->posts, posts, n_posts);
  g_strfreev (clerk->restricted);
  clerk->restricted = g_strsplit (restricted, " ", -1);
  return clerk;
}

/* Every role × department × capability × procedure, against the posts themselves. */
static void
test_everything (void)
{
  for (guint round = 0; round < 100; round++)
    {
      GuichetPost posts[] = {
        { (GuichetDepartment) g_test_rand_int_range (1, 5),
          (GuichetRole) g_test_rand_int_range (1, 7) },
        { (GuichetDepartment) g_test_rand_int_range (1, 5),
          (GuichetRole) g_test_rand_int_range (1, 7) },
      };
      g_autoptr (GuichetClerk) clerk = make_clerk (posts, G_N_ELEMENTS (posts), "EC-ADO EC-ESV");

      for (int department = 1; department < 5; department++)
        for (guint wanted = 0; wanted <= ALL; wanted++)
          {
            guint held = 0;
            gboolean can;

            for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
              if ((int) posts[i].department == department)
                held |= guichet_role_capabilities (posts[i].role);
            can = (wanted & ~held) == 0;
            g_assert_cmpint (guichet_clerk_can (clerk,
                                                (GuichetCapability) wanted,
                                                (GuichetDepartment) department,
                                                "EC-ADO",
                                                TRUE),
                             ==,
                             can);
            g_assert_cmpint (guichet_clerk_can (clerk,
                                                (GuichetCapability) wanted,
                                                (GuichetDepartment) department,
                                                "EC-NAI",
                                                FALSE),
                             ==,
                             can);
            g_assert_false (guichet_clerk_can (clerk,
                                               (GuichetCapability) wanted,
                                               (GuichetDepartment) department,
                                               "EC-NAI",
                                               TRUE));
          }
    }
}

/* What belongs to no department is asked of all posts, but of each of them alone. */
static void
test_somewhere (void)
{
  const GuichetPost posts[] = { { GUICHET_DEPARTMENT_ARCHIVES, GUICHET_ROLE_RECEPTION },
                                { GUICHET_DEPARTMENT_PLANNING, GUICHET_ROLE_PROTECTION } };
  const guint both = GUICHET_CAN_ASSIST_ACCOUNT | GUICHET_CAN_PURGE;
  g_autoptr (GuichetClerk) clerk = make_clerk (posts, G_N_ELEMENTS (posts), "");
  g_autoptr (GuichetClerk) other = make_clerk (posts + 1, 1, "");
  g_autoptr (GuichetClerk) nobody = make_clerk (posts, 0, "");

  g_assert_true (guichet_clerk_can_somewhere (clerk, GUICHET_CAN_ASSIST_ACCOUNT));
  g_assert_true (guichet_clerk_can_somewhere (clerk, GUICHET_CAN_PURGE));
  g_assert_false (guichet_clerk_can_somewhere (clerk, (GuichetCapability) both));
  g_assert_false (guichet_clerk_can_somewhere (other, GUICHET_CAN_ASSIST_ACCOUNT));
  g_assert_false (guichet_clerk_can_somewhere (nobody, GUICHET_CAN_ASSIST_ACCOUNT));
  clerk->active = FALSE;
  g_assert_false (guichet_clerk_can_somewhere (clerk, GUICHET_CAN_ASSIST_ACCOUNT));
}

static void
test_who_has_left (void)
{
  const GuichetPost post = { GUICHET_DEPARTMENT_POPULATION, GUICHET_ROLE_SUPERVISOR };
  g_autoptr (GuichetClerk) clerk = make_clerk (&post, 1, "");

  clerk->active = FALSE;
  g_assert_cmpint (guichet_clerk_capabilities (clerk, GUICHET_DEPARTMENT_POPULATION), ==, 0);
  g_assert_false (
      guichet_clerk_can (clerk, GUICHET_CAN_LIST, GUICHET_DEPARTMENT_POPULATION, "X", FALSE));
}

static void
test_logins (void)
{
  static const char *const good[] = { "ab",
                                      "marie.dubois",
                                      "a-1",
                                      "z9",
                                      "a234567890123456789012345678901234567890" };
  static const char *const bad[] = {
    "",    "a",     "1a",           ".a",
    "-a",  "Marie", "marie dubois", "a_b",
    "é.a", "a/b",   "ab\n",         "a2345678901234567890123456789012345678901",
    NULL
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (guichet_clerk_login_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (guichet_clerk_login_is_valid (bad[i]));
}

/* The citizen */

static void
test_display_names (void)
{
  static const struct
  {
    const char *family;
    const char *given;
    const char *shown;
  } cases[] = {
    { "Dupont", "Marie", "Dupont Marie" },
    { "Dupont", "Marie Louise Anne", "Dupont Marie" },
    { "Van den Berg", "Jean-Pierre", "Van den Berg Jean-Pierre" },
    { "Dupont", "  Marie Louise", "Dupont Marie" },
    { "Dupont", "", "Dupont" },
    { "Dupont", " ", "Dupont" },
    { "Dupont", NULL, "Dupont" },
    { NULL, "Marie Louise", "Marie Louise" },
    { NULL, NULL, NULL },
    { "Ndiaye", "Éléonore Ève", "Ndiaye Éléonore" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GuichetCitizen) citizen = guichet_citizen_new ();
      g_autofree char *shown = NULL;

      citizen->family_name = g_strdup (cases[i].family);
      citizen->given_names = g_strdup (cases[i].given);
      shown = guichet_citizen_display_name (citizen);
      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_profile (void)
{
  g_autoptr (GuichetCitizen) citizen = guichet_citizen_new ();
  static const char *const fields[] = { "familyName", "givenNames", "niss",    "email",
                                        "phone",      "street",     "number",  "box",
                                        "postcode",   "locality",   "country", "birthDate" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_null (guichet_citizen_profile (citizen, fields[i]));

  citizen->family_name = g_strdup ("Dupont");
  citizen->postcode = g_strdup ("7000");
  citizen->birth_date = guichet_day_new (1985, 7, 30);

  g_autofree char *name = guichet_citizen_profile (citizen, "familyName");
  g_autofree char *postcode = guichet_citizen_profile (citizen, "postcode");
  g_autofree char *birth_date = guichet_citizen_profile (citizen, "birthDate");

  g_assert_cmpstr (name, ==, "Dupont");
  g_assert_cmpstr (postcode, ==, "7000");
  g_assert_cmpstr (birth_date, ==, "1985-07-30");
  g_assert_null (guichet_citizen_profile (citizen, "shoeSize"));
}

static void
test_verified (void)
{
  static const gboolean verified[] = {
    [GUICHET_LEVEL_NONE] = FALSE, [GUICHET_LEVEL_PASSWORD] = FALSE, [GUICHET_LEVEL_TOKEN] = TRUE,
    [GUICHET_LEVEL_ITSME] = TRUE, [GUICHET_LEVEL_EID] = TRUE,       [GUICHET_LEVEL_COUNTER] = TRUE,
  };

  for (guint level = 0; level < G_N_ELEMENTS (verified); level++)
    {
      g_autoptr (GuichetCitizen) citizen = guichet_citizen_new ();

      citizen->level = (GuichetLevel) level;
      g_assert_cmpint (guichet_citizen_is_verified (citizen), ==, verified[level]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Roles are sets of capabilities, per department; restricted is by name.");

  g_test_add_func ("/core/clerk/roles", test_roles);
  g_test_add_func ("/core/clerk/everything", test_everything);
  g_test_add_func ("/core/clerk/who-has-left", test_who_has_left);
  g_test_add_func ("/clerk/somewhere", test_somewhere);
  g_test_add_func ("/core/clerk/logins", test_logins);
  g_test_add_func ("/core/citizen/display-name", test_display_names);
  g_test_add_func ("/core/citizen/profile", test_profile);
  g_test_add_func ("/core/citizen/verified", test_verified);

  return g_test_run ();
}
