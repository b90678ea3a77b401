/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichetd-route.h"

static const GuichetdRoute routes[] = {
  { "GET", "/v1/things", "listThings", 0, 0, { NULL }, NULL },
  { "POST", "/v1/things", "createThing", 0, 0, { NULL }, NULL },
  { "POST", "/v1/things/search", "searchThings", 0, 0, { NULL }, NULL },
  { "GET", "/v1/things/{thingId}", "getThing", 0, 0, { NULL }, NULL },
  { "GET", "/v1/things/{thingId}/parts/{partId}", "getPart", 0, 0, { NULL }, NULL },
  { NULL, NULL, NULL, 0, 0, { NULL }, NULL },
};

static void
check (GuichetdRouter *router, const char *method, const char *path, const char *operation)
{
  g_auto (GuichetdMatch) match;
  gboolean found = guichetd_router_match (router, method, path, &match);

  if (operation == NULL)
    {
      g_assert_false (found);
      g_assert_null (match.route);
      return;
    }
  g_assert_true (found);
  g_assert_cmpstr (match.route->operation, ==, operation);
}

static void
test_finds (void)
{
  g_autoptr (GuichetdRouter) router = guichetd_router_new (routes);

  check (router, "GET", "/v1/things", "listThings");
  check (router, "POST", "/v1/things", "createThing");
  check (router, "POST", "/v1/things/search", "searchThings");
  check (router, "GET", "/v1/things/7", "getThing");
  check (router, "GET", "/v1/things/search", "getThing");
  check (router, "GET", "/v1/things/7/parts/8", "getPart");
}

static void
test_refuses (void)
{
  g_autoptr (GuichetdRouter) router = guichetd_router_new (routes);

  check (router, "GET", "", NULL);
  check (router, "GET", "/", NULL);
  check (router, "GET", "/v1", NULL);
  check (router, "GET", "/v1/things/", NULL);
  check (router, "GET", "//v1/things", NULL);
  check (router, "GET", "/v1/thing", NULL);
  check (router, "GET", "/v1/thingsandmore", NULL);
  check (router, "GET", "/v1/things/7/parts", NULL);
  check (router, "GET", "/v1/things/7/parts/", NULL);
  check (router, "GET", "/v1/things/7/parts/8/9", NULL);
  check (router, "GET", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q", NULL);
  check (router, "GET", "*", NULL);
  check (router, "get", "/v1/things", NULL);
}

static void
test_params (void)
{
  g_autoptr (GuichetdRouter) router = guichetd_router_new (routes);
  g_auto (GuichetdMatch) match;

  /* An encoded slash stays in its segment. */
  g_assert_true (guichetd_router_match (router, "GET", "/v1/things/a%2Fb/parts/%C3%A9", &match));
  g_assert_cmpint (guichetd_route_param (match.route, "thingId"), ==, 0);
  g_assert_cmpint (guichetd_route_param (match.route, "partId"), ==, 1);
  g_assert_cmpint (guichetd_route_param (match.route, "part"), ==, -1);
  g_assert_cmpstr (match.params[0], ==, "a/b");
  g_assert_cmpstr (match.params[1], ==, "é");
  guichetd_match_clear (&match);

  g_assert_false (guichetd_router_match (router, "GET", "/v1/things/%00", &match));
  g_assert_false (guichetd_router_match (router, "GET", "/v1/things/%FF", &match));
  g_assert_false (guichetd_router_match (router, "GET", "/v1/things/%4", &match));
}

static void
test_allow (void)
{
  g_autoptr (GuichetdRouter) router = guichetd_router_new (routes);
  g_auto (GuichetdMatch) match;

  g_assert_false (guichetd_router_match (router, "DELETE", "/v1/things", &match));
  g_assert_cmpstr (match.allow, ==, "GET, POST");
  guichetd_match_clear (&match);

  g_assert_false (guichetd_router_match (router, "DELETE", "/v1/nothing", &match));
  g_assert_null (match.allow);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/router/finds", test_finds);
  g_test_add_func ("/server/router/refuses", test_refuses);
  g_test_add_func ("/server/router/params", test_params);
  g_test_add_func ("/server/router/allow", test_allow);

  return g_test_run ();
}
