/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kinds of documents that carry the Belgian applet.
 */
#define G_LOG_DOMAIN "eid-document"

#include "config.h"

#include "eid-document.h"

G_DEFINE_ENUM_TYPE (EidHolder,
                    eid_holder,
                    G_DEFINE_ENUM_VALUE (EID_HOLDER_CITIZEN, "citizen"),
                    G_DEFINE_ENUM_VALUE (EID_HOLDER_KID, "kid"),
                    G_DEFINE_ENUM_VALUE (EID_HOLDER_FOREIGNER, "foreigner"),
                    G_DEFINE_ENUM_VALUE (EID_HOLDER_FOREIGN_KID, "foreignKid"),
                    G_DEFINE_ENUM_VALUE (EID_HOLDER_INTERNAL, "internal"))

// clang-format off
static const EidDocument documents[] = {
  {  1, "citizen",      NULL,  EID_HOLDER_CITIZEN },
  {  6, "kid",          NULL,  EID_HOLDER_KID },
  {  7, "bootstrap",    NULL,  EID_HOLDER_INTERNAL },
  {  8, "habilitation", NULL,  EID_HOLDER_INTERNAL },
  { 11, "a",            "A",   EID_HOLDER_FOREIGNER },
  { 12, "b",            "B",   EID_HOLDER_FOREIGNER },
  { 13, "c",            "C",   EID_HOLDER_FOREIGNER },
  { 14, "d",            "D",   EID_HOLDER_FOREIGNER },
  { 15, "e",            "E",   EID_HOLDER_FOREIGNER },
  { 16, "ePlus",        "E+",  EID_HOLDER_FOREIGNER },
  { 17, "f",            "F",   EID_HOLDER_FOREIGNER },
  { 18, "fPlus",        "F+",  EID_HOLDER_FOREIGNER },
  { 19, "h",            "H",   EID_HOLDER_FOREIGNER },
  { 20, "i",            "I",   EID_HOLDER_FOREIGNER },
  { 21, "j",            "J",   EID_HOLDER_FOREIGNER },
  { 22, "m",            "M",   EID_HOLDER_FOREIGNER },
  { 23, "n",            "N",   EID_HOLDER_FOREIGNER },
  { 27, "k",            "K",   EID_HOLDER_FOREIGNER },
  { 28, "l",            "L",   EID_HOLDER_FOREIGNER },
  { 31, "eu",           "EU",  EID_HOLDER_FOREIGNER },
  { 32, "euPlus",       "EU+", EID_HOLDER_FOREIGNER },
  { 33, "aNew",         "A",   EID_HOLDER_FOREIGNER },
  { 34, "bNew",         "B",   EID_HOLDER_FOREIGNER },
  { 35, "fNew",         "F",   EID_HOLDER_FOREIGNER },
  { 36, "fPlusNew",     "F+",  EID_HOLDER_FOREIGNER },
  { 61, "kidEu",        "EU",  EID_HOLDER_FOREIGN_KID },
  { 62, "kidEuPlus",    "EU+", EID_HOLDER_FOREIGN_KID },
  { 63, "kidA",         "A",   EID_HOLDER_FOREIGN_KID },
  { 64, "kidB",         "B",   EID_HOLDER_FOREIGN_KID },
  { 65, "kidK",         "K",   EID_HOLDER_FOREIGN_KID },
  { 66, "kidL",         "L",   EID_HOLDER_FOREIGN_KID },
  { 67, "kidF",         "F",   EID_HOLDER_FOREIGN_KID },
  { 68, "kidFPlus",     "F+",  EID_HOLDER_FOREIGN_KID },
  { 69, "kidM",         "M",   EID_HOLDER_FOREIGN_KID },
};
// clang-format on

const EidDocument *
eid_document_find (guint number)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    if (documents[i].number == number)
      return &documents[i];
  return NULL;
}
