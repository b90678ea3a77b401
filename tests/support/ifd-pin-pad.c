/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reader with keys, for the real pcscd: vsmartcard's virtual reader, and before it what PC/SC
 * part 10 has for verifying a PIN at the reader. All goes on to the virtual reader as it comes;
 * only the request for a PIN goes to the card's side as a message of its own, where
 * tests/support/virtual_card.py plays the keys and the person who types at them.
 */
#include <dlfcn.h>
#include <ifdhandler.h>
#include <reader.h>
#include <stdlib.h>
#include <string.h>

#define DRIVER "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
#define VERIFY_PIN_CODE (SCARD_CLASS_IOCTL_BASE + 6)
#define SCARD_CLASS_IOCTL_BASE 0x42330000
/* No card knows this class and instruction. */
#define TYPED_AT_THE_READER 0xFF, 0x9A, 0x04, 0x06
#define MESSAGE_MAX 300

static void *
driver (const char *name)
{
  static void *handle;
  void *function;

  if (handle == NULL)
    handle = dlopen (DRIVER, RTLD_NOW | RTLD_LOCAL);
  function = handle != NULL ? dlsym (handle, name) : NULL;
  if (function == NULL)
    abort ();
  return function;
}

#define FORWARD(type, name, ...) ((type) driver (name)) (__VA_ARGS__)

RESPONSECODE
IFDHCreateChannel (DWORD lun, DWORD channel)
{
  return FORWARD (RESPONSECODE (*) (DWORD, DWORD), "IFDHCreateChannel", lun, channel);
}

RESPONSECODE
IFDHCreateChannelByName (DWORD lun, LPSTR name)
{
  return FORWARD (RESPONSECODE (*) (DWORD, LPSTR), "IFDHCreateChannelByName", lun, name);
}

RESPONSECODE
IFDHCloseChannel (DWORD lun)
{
  return FORWARD (RESPONSECODE (*) (DWORD), "IFDHCloseChannel", lun);
}

RESPONSECODE
IFDHGetCapabilities (DWORD lun, DWORD tag, PDWORD length, PUCHAR value)
{
  return FORWARD (RESPONSECODE (*) (DWORD, DWORD, PDWORD, PUCHAR),
                  "IFDHGetCapabilities",
                  lun,
                  tag,
                  length,
                  value);
}

RESPONSECODE
IFDHSetCapabilities (DWORD lun, DWORD tag, DWORD length, PUCHAR value)
{
  return FORWARD (RESPONSECODE (*) (DWORD, DWORD, DWORD, PUCHAR),
                  "IFDHSetCapabilities",
                  lun,
                  tag,
                  length,
                  value);
}

RESPONSECODE
IFDHSetProtocolParameters (DWORD lun,
                           DWORD protocol,
                           UCHAR flags,
                           UCHAR pts1,
                           UCHAR pts2,
                           UCHAR pts3)
{
  return FORWARD (RESPONSECODE (*) (DWORD, DWORD, UCHAR, UCHAR, UCHAR, UCHAR),
                  "IFDHSetProtocolParameters",
                  lun,
                  protocol,
                  flags,
                  pts1,
                  pts2,
                  pts3);
}

RESPONSECODE
IFDHPowerICC (DWORD lun, DWORD action, PUCHAR atr, PDWORD atr_length)
{
  return FORWARD (RESPONSECODE (*) (DWORD, DWORD, PUCHAR, PDWORD),
                  "IFDHPowerICC",
                  lun,
                  action,
                  atr,
                  atr_length);
}

RESPONSECODE
IFDHTransmitToICC (DWORD lun,
                   SCARD_IO_HEADER send_pci,
                   PUCHAR command,
                   DWORD length,
                   PUCHAR answer,
                   PDWORD answer_length,
                   PSCARD_IO_HEADER receive_pci)
{
  return FORWARD (RESPONSECODE (*) (DWORD,
                                    SCARD_IO_HEADER,
                                    PUCHAR,
                                    DWORD,
                                    PUCHAR,
                                    PDWORD,
                                    PSCARD_IO_HEADER),
                  "IFDHTransmitToICC",
                  lun,
                  send_pci,
                  command,
                  length,
                  answer,
                  answer_length,
                  receive_pci);
}

RESPONSECODE
IFDHICCPresence (DWORD lun)
{
  return FORWARD (RESPONSECODE (*) (DWORD), "IFDHICCPresence", lun);
}

static RESPONSECODE
tell_features (PUCHAR answer, DWORD room, LPDWORD ret_length)
{
  static const UCHAR features[] = { FEATURE_VERIFY_PIN_DIRECT,    4,
                                    VERIFY_PIN_CODE >> 24 & 0xFF, VERIFY_PIN_CODE >> 16 & 0xFF,
                                    VERIFY_PIN_CODE >> 8 & 0xFF,  VERIFY_PIN_CODE & 0xFF };

  if (room < sizeof features)
    return IFD_ERROR_INSUFFICIENT_BUFFER;
  memcpy (answer, features, sizeof features);
  *ret_length = sizeof features;
  return IFD_SUCCESS;
}

static RESPONSECODE
let_type (DWORD lun, PUCHAR request, DWORD length, PUCHAR answer, DWORD room, LPDWORD ret_length)
{
  UCHAR message[MESSAGE_MAX] = { TYPED_AT_THE_READER };
  SCARD_IO_HEADER pci = { 0, 0 };
  RESPONSECODE done;

  if (length > sizeof message - 5)
    return IFD_COMMUNICATION_ERROR;
  message[4] = (UCHAR) length;
  memcpy (message + 5, request, length);
  *ret_length = room;
  done = IFDHTransmitToICC (lun, pci, message, 5 + length, answer, ret_length, &pci);
  return done;
}

RESPONSECODE
IFDHControl (DWORD lun,
             DWORD code,
             PUCHAR request,
             DWORD length,
             PUCHAR answer,
             DWORD room,
             LPDWORD ret_length)
{
  *ret_length = 0;
  switch (code)
    {
    case CM_IOCTL_GET_FEATURE_REQUEST:
      return tell_features (answer, room, ret_length);
    case VERIFY_PIN_CODE:
      return let_type (lun, request, length, answer, room, ret_length);
    default:
      return IFD_ERROR_NOT_SUPPORTED;
    }
}
