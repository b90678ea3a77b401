/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What sample people are made of: frequent names of the country, streets and localities of Mons.
 * Every array ends with NULL.
 */
extern const char *const guichet_sample_family_names[];
extern const char *const guichet_sample_women[];
extern const char *const guichet_sample_men[];
extern const char *const guichet_sample_streets[];
extern const char *const guichet_sample_notes[];
extern const char *const guichet_sample_reasons[];
extern const char *const guichet_sample_sentences[];
extern const char *const guichet_sample_words[]; /* answers to questions about anything */
extern const char *const guichet_sample_codes[]; /* answers that must have a form */

typedef struct
{
  const char *postcode;
  const char *name;
} GuichetSampleLocality;
extern const GuichetSampleLocality guichet_sample_localities[]; /* ends with a NULL postcode */

G_END_DECLS
