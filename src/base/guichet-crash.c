/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a program leaves behind when it crashes.
 */
#define G_LOG_DOMAIN "guichet-crash"

#include "config.h"

#include "guichet-crash.h"

#include <sys/resource.h>

void
guichet_crash_leave_nothing (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
}
