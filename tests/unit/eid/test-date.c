/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-date.h"

static const struct
{
  const char *text;
  const char *date; /* NULL: refused; "": nothing is known */
} births[] = {
  { "12 MARS 1985", "1985-03-12" },
  { "12 MAAR 1985", "1985-03-12" },
  { "12.MÄR.1985", "1985-03-12" },
  { "12.MAR.1985", "1985-03-12" },
  { "12 MRT 1985", "1985-03-12" },
  { "12 MÄRZ 1985", "1985-03-12" },
  { "12  MARS 1985", "1985-03-12" },
  { "12 mars 1985", "1985-03-12" },
  { "01 JAN  1900", "1900-01-01" },
  { "29 FEV 2000", "2000-02-29" },
  { "28 FÉV. 1999", "1999-02-28" },
  { "28 FEB 1999", "1999-02-28" },
  { "30 AVR 1985", "1985-04-30" },
  { "30 APR 1985", "1985-04-30" },
  { "31 MAI 1985", "1985-05-31" },
  { "31 MEI 1985", "1985-05-31" },
  { "30 JUIN 1985", "1985-06-30" },
  { "30 JUN 1985", "1985-06-30" },
  { "30 JUIL 1985", "1985-07-30" },
  { "30 JUL 1985", "1985-07-30" },
  { "31 AOUT 1985", "1985-08-31" },
  { "31 AOÛT 1985", "1985-08-31" },
  { "31 AUG 1985", "1985-08-31" },
  { "30 SEPT 1985", "1985-09-30" },
  { "30 SEP 1985", "1985-09-30" },
  { "31 OCT 1985", "1985-10-31" },
  { "31 OKT 1985", "1985-10-31" },
  { "30 NOV 1985", "1985-11-30" },
  { "31 DEC 1985", "1985-12-31" },
  { "31.DEZ.1985", "1985-12-31" },
  { "12.03.1985", "1985-03-12" },
  { "1985", "1985" },
  { "       1985", "1985" },
  { "MARS 1985", "1985-03" },
  { "00.00.1985", "1985" },
  { "00 MARS 1985", "1985-03" },
  { "            ", "" },
  { "31 JUIN 1985", NULL },
  { "29 FEV 1900", NULL },
  { "32 JAN 1985", NULL },
  { "12 MAKS 1985", NULL },
  { "12.13.1985", NULL },
  { "12 MARS 85", NULL },
  { "12 MARS 0000", NULL },
  { "12 MARS 1985 1", NULL },
  { "12 MARS", NULL },
  { "MARS", NULL },
  { "-1 MARS 1985", "1985-03-01" },
  { "12 00 1985", NULL },
  { "123 MARS 1985", NULL },
  { "1２ MARS 1985", NULL },
};

static const struct
{
  const char *text;
  const char *date;
} days[] = {
  { "12.05.2021", "2021-05-12" }, { "29.02.2024", "2024-02-29" },
  { "29.02.2023", NULL },         { "1.05.2021", NULL },
  { "12.5.2021", NULL },          { "12.05.21", NULL },
  { "12-05-2021", NULL },         { "", NULL },
  { "12.05.2021.", NULL },        { "00.05.2021", NULL },
  { "12.00.2021", NULL },         { "12.05.0000", NULL },
  { "+1.05.2021", NULL },         { "12.05.2021 ", NULL },
};

static void
check (gboolean read, const EidDate *date, const char *text, const char *wanted)
{
  g_autofree char *found = read ? eid_date_text (date) : NULL;

  g_test_message ("“%s”", text);
  g_assert_cmpint (read, ==, wanted != NULL);
  if (wanted != NULL)
    g_assert_cmpstr (found != NULL ? found : "", ==, wanted);
}

static void
test_births (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (births); i++)
    {
      EidDate date = { 1, 1, 1 };
      gboolean read = eid_date_parse_birth (births[i].text, &date);

      check (read, &date, births[i].text, births[i].date);
    }
}

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      EidDate date = { 1, 1, 1 };
      gboolean read = eid_date_parse (days[i].text, &date);

      check (read, &date, days[i].text, days[i].date);
    }
}

static void
test_order (void)
{
  const EidDate early = { 2021, 5, 12 }, later = { 2021, 6, 1 }, last = { 2022, 1, 1 };

  g_assert_cmpint (eid_date_compare (&early, &later), <, 0);
  g_assert_cmpint (eid_date_compare (&last, &later), >, 0);
  g_assert_cmpint (eid_date_compare (&later, &later), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Days as cards of all years and languages write them.");
  g_test_add_func ("/eid/date/births", test_births);
  g_test_add_func ("/eid/date/days", test_days);
  g_test_add_func ("/eid/date/order", test_order);
  return g_test_run ();
}
