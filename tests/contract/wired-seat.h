/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "seat.h"
#include "wire.h"

G_BEGIN_DECLS

/** A desk that nobody sits at yet, and a sound wire to the town. */
typedef struct
{
  Seat seat;
  Wire *wire;      /* (owned) */
  char *reference; /* (owned) (nullable): of the request that the test is about */
} WiredSeat;

void wired_seat_open (WiredSeat *self, Town *town);
void wired_seat_close (WiredSeat *self);
/** wired_seat_submit: files the request of the test, by another clerk than those who sit down. */
void wired_seat_submit (WiredSeat *self, Town *town);
/** wired_seat_sit_down: signs in through the wire; the request of the test, if any, is in the mirror then. */
void wired_seat_sit_down (WiredSeat *self, const char *login);
/** wired_seat_begin: all of that: there is a request, and marie.dubois sits before it. */
void wired_seat_begin (WiredSeat *self, Town *town);
/** wired_seat_type: seat_type(), where nobody asks for the key. */
void wired_seat_type (WiredSeat *self, GuichetCommand *command);

/** wired_seat_go_offline: the wire is cut, and the desk knows. */
void wired_seat_go_offline (WiredSeat *self);
/** wired_seat_go_online: the wire is sound again, and the desk knows. */
void wired_seat_go_online (WiredSeat *self);

G_END_DECLS
