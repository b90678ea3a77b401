/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer to GET CARD DATA ("Public Belpic Applet Reference Manual" of 1.7 and 1.8).
 */
#define G_LOG_DOMAIN "eid-card-data"

#include "config.h"

#include "eid-card-data.h"

#include <string.h>

#include "eid-tlv.h"

#define SIZE 28
#define SIZE_WITH_TRIES 31

gboolean
eid_card_data_parse (GBytes *bytes, EidCardData *ret_data, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size != SIZE && size != SIZE_WITH_TRIES)
    return eid_unreadable (error,
                           EID_FILE_CARD_DATA,
                           size,
                           "the answer ends, and should after %d bytes or %d",
                           SIZE,
                           SIZE_WITH_TRIES);

  memcpy (ret_data->chip_number, data, EID_CHIP_NUMBER_SIZE);
  ret_data->component = data[16];
  ret_data->os_number = data[17];
  ret_data->os_version = data[18];
  ret_data->softmask_number = data[19];
  ret_data->softmask_version = data[20];
  ret_data->applet_version = data[21];
  ret_data->global_os_version = (guint16) (data[22] << 8 | data[23]);
  ret_data->applet_interface_version = data[24];
  ret_data->pkcs1_support = data[25];
  ret_data->key_exchange_version = data[26];
  ret_data->life_cycle = data[27];
  ret_data->pin_tries = size == SIZE_WITH_TRIES ? data[28] : -1;
  return TRUE;
}
