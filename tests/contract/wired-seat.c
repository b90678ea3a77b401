/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What most programs here begin with.
 */
#include "config.h"

#include "wired-seat.h"

void
wired_seat_open (WiredSeat *self, Town *town)
{
  *self = (WiredSeat){ 0 };
  self->wire = wire_new ();
  wire_lead_to (self->wire, town->port);
  seat_open (&self->seat);
}

void
wired_seat_close (WiredSeat *self)
{
  seat_close (&self->seat);
  wire_free (self->wire);
  g_free (self->reference);
}

void
wired_seat_submit (WiredSeat *self, Town *town)
{
  self->reference = town_submit (town, "luc.lefebvre", "POP-TST");
}

void
wired_seat_sit_down (WiredSeat *self, const char *login)
{
  seat_sit_down (&self->seat, wire_address (self->wire), login);
  if (self->reference != NULL)
    wait_until (seat_version (&self->seat, self->reference) > 0);
}

void
wired_seat_begin (WiredSeat *self, Town *town)
{
  wired_seat_open (self, town);
  wired_seat_submit (self, town);
  wired_seat_sit_down (self, "marie.dubois");
}

void
wired_seat_type (WiredSeat *self, GuichetCommand *command)
{
  g_autofree char *key = seat_type (&self->seat, command);
}

void
wired_seat_go_offline (WiredSeat *self)
{
  wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
  wire_cut (self->wire);
  wait_until (seat_is (&self->seat, GUICHET_DESK_OFFLINE));
}

void
wired_seat_go_online (WiredSeat *self)
{
  wire_mend (self->wire);
  guichet_desk_refresh (self->seat.desk);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
}
