/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The size of a JPEG (ITU-T T.81, annex B): a walk over its segments to the frame header.
 */
#define G_LOG_DOMAIN "eid-photo"

#include "config.h"

#include "eid-photo.h"

#include "eid-tlv.h"

#define START_OF_IMAGE 0xD8
#define START_OF_SCAN 0xDA
#define FRAME_HEADER_SIZE 7 /* up to the width: length 2, precision 1, height 2, width 2 */

static gboolean
is_frame_header (guint8 marker)
{
  /* C4, C8 and CC are tables among them. */
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

gboolean
eid_photo_size (GBytes *bytes, guint *ret_width, guint *ret_height, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize at = 2;

  if (size < 2 || data[0] != 0xFF || data[1] != START_OF_IMAGE)
    return eid_unreadable (error, EID_FILE_PHOTO, 0, "not a JPEG");

  while (at + 4 <= size && data[at] == 0xFF && data[at + 1] != START_OF_SCAN)
    {
      gsize length = (gsize) data[at + 2] << 8 | data[at + 3];

      if (is_frame_header (data[at + 1]) && at + 2 + FRAME_HEADER_SIZE <= size)
        {
          *ret_height = (guint) data[at + 5] << 8 | data[at + 6];
          *ret_width = (guint) data[at + 7] << 8 | data[at + 8];
          return TRUE;
        }
      at += 2 + length;
    }
  return eid_unreadable (error, EID_FILE_PHOTO, MIN (at, size), "a JPEG without a frame header");
}
