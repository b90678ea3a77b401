/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What libFuzzer wants of a target, and what replay.c calls in its place in every other
 * build. The input is never a NUL-terminated text, and nobody may look beyond its end.
 */

/** LLVMFuzzerInitialize: once, before the first input. */
int LLVMFuzzerInitialize (int *argc, char ***argv);

/** LLVMFuzzerTestOneInput: returns 0 always; what is wrong ends the program. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
