/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every problem that the server can answer with, and its sentences. The daemon has no
 * gettext: it speaks to each client in that client's language, so the sentences are data.
 *
 * Types and statuses: Belgif REST guide (2026-06-18), "Problems", and RFC 9110, section 15.5.
 */
#define G_LOG_DOMAIN "guichetd-problem"

#include "config.h"

#include "guichetd-problem-table.h"

#include "guichetd-problem.h"

// clang-format off
const GuichetdProblemLine guichetd_problem_lines[] = {
  [GUICHETD_PROBLEM_BAD_REQUEST] = {
    TRUE, "badRequest", "Bad Request", 400,
    { "Une partie de ce qui a été envoyé n’est pas correcte.",
      "Een deel van wat werd verzonden is niet juist.",
      "Ein Teil des Gesendeten ist nicht richtig.",
      "A part of what was sent is not correct." } },
  [GUICHETD_PROBLEM_NO_ACCESS_TOKEN] = {
    TRUE, "noAccessToken", "No Access Token", 401,
    { "Identifiez-vous d’abord.",
      "Meld u eerst aan.",
      "Melden Sie sich zuerst an.",
      "Sign in first." } },
  [GUICHETD_PROBLEM_INVALID_ACCESS_TOKEN] = {
    TRUE, "invalidAccessToken", "Invalid Access Token", 401,
    { "Votre session n’est pas valable. Identifiez-vous à nouveau.",
      "Uw sessie is niet geldig. Meld u opnieuw aan.",
      "Ihre Sitzung ist ungültig. Melden Sie sich erneut an.",
      "Your session is not valid. Sign in again." } },
  [GUICHETD_PROBLEM_EXPIRED_ACCESS_TOKEN] = {
    TRUE, "expiredAccessToken", "Expired Access Token", 401,
    { "Votre session a expiré. Identifiez-vous à nouveau.",
      "Uw sessie is verlopen. Meld u opnieuw aan.",
      "Ihre Sitzung ist abgelaufen. Melden Sie sich erneut an.",
      "Your session has expired. Sign in again." } },
  [GUICHETD_PROBLEM_INVALID_CREDENTIALS] = {
    FALSE, "invalidCredentials", "Invalid Credentials", 401,
    { "L’identifiant ou le mot de passe n’est pas correct.",
      "De gebruikersnaam of het wachtwoord is niet juist.",
      "Der Benutzername oder das Passwort ist nicht richtig.",
      "The user name or the password is not correct." } },
  [GUICHETD_PROBLEM_RESOURCE_NOT_FOUND] = {
    TRUE, "resourceNotFound", "Resource Not Found", 404,
    { "Introuvable.",
      "Niet gevonden.",
      "Nicht gefunden.",
      "Not found." } },
  [GUICHETD_PROBLEM_METHOD_NOT_ALLOWED] = {
    FALSE, "methodNotAllowed", "Method Not Allowed", 405,
    { "Cette opération n’existe pas ici.",
      "Deze bewerking bestaat hier niet.",
      "Diesen Vorgang gibt es hier nicht.",
      "There is no such operation here." } },
  [GUICHETD_PROBLEM_AFTER_UNKNOWN] = {
    FALSE, "afterUnknown", "Preceding Command Unknown", 409,
    { "L’action précédente n’a pas été acceptée ; celle-ci ne peut donc pas la suivre.",
      "De vorige actie werd niet aanvaard; deze kan er dus niet op volgen.",
      "Die vorige Aktion wurde nicht angenommen; diese kann ihr daher nicht folgen.",
      "The action before was not accepted, so this one cannot follow it." } },
  [GUICHETD_PROBLEM_PAYLOAD_TOO_LARGE] = {
    TRUE, "payloadTooLarge", "Payload Too Large", 413,
    { "L’envoi est trop volumineux.",
      "De zending is te groot.",
      "Die Sendung ist zu groß.",
      "What was sent is too large." } },
  [GUICHETD_PROBLEM_URI_TOO_LONG] = {
    FALSE, "uriTooLong", "URI Too Long", 414,
    { "L’adresse est trop longue.",
      "Het adres is te lang.",
      "Die Adresse ist zu lang.",
      "The address is too long." } },
  [GUICHETD_PROBLEM_UNSUPPORTED_MEDIA_TYPE] = {
    FALSE, "unsupportedMediaType", "Unsupported Media Type", 415,
    { "Seul le format JSON est accepté ici.",
      "Hier wordt alleen JSON aanvaard.",
      "Hier wird nur JSON angenommen.",
      "Only JSON is accepted here." } },
  [GUICHETD_PROBLEM_IDEMPOTENCY_KEY_REUSED] = {
    FALSE, "idempotencyKeyReused", "Idempotency Key Reused", 422,
    { "Cette clé a déjà servi pour une autre action.",
      "Deze sleutel diende al voor een andere actie.",
      "Dieser Schlüssel diente schon für eine andere Aktion.",
      "This key was already used for another action." } },
  [GUICHETD_PROBLEM_TOO_MANY_FAILED_REQUESTS] = {
    TRUE, "tooManyFailedRequests", "Too Many Failed Requests", 429,
    { "Trop d’essais manqués. Patientez un instant avant de recommencer.",
      "Te veel mislukte pogingen. Wacht even voor u opnieuw probeert.",
      "Zu viele Fehlversuche. Warten Sie einen Augenblick, bevor Sie es erneut versuchen.",
      "Too many failed attempts. Wait a moment before trying again." } },
  [GUICHETD_PROBLEM_TOO_MANY_REQUESTS] = {
    TRUE, "tooManyRequests", "Too Many Requests", 429,
    { "Trop d’envois à la fois. Réessayez dans un instant.",
      "Te veel zendingen tegelijk. Probeer het zo dadelijk opnieuw.",
      "Zu viele Sendungen auf einmal. Versuchen Sie es gleich noch einmal.",
      "Too much is sent at once. Try again in a moment." } },
  [GUICHETD_PROBLEM_HEADERS_TOO_LARGE] = {
    FALSE, "headersTooLarge", "Request Header Fields Too Large", 431,
    { "Les en-têtes sont trop longs.",
      "De headers zijn te lang.",
      "Die Kopfzeilen sind zu lang.",
      "The header fields are too large." } },
  [GUICHETD_PROBLEM_INTERNAL_SERVER_ERROR] = {
    TRUE, "internalServerError", "Internal Server Error", 500,
    { "Le serveur a rencontré une erreur. Signalez-la avec son numéro d’incident.",
      "Er is een fout opgetreden op de server. Meld ze met haar incidentnummer.",
      "Auf dem Server ist ein Fehler aufgetreten. Melden Sie ihn mit seiner Vorfallnummer.",
      "The server met an error. Report it with its incident number." } },
  [GUICHETD_PROBLEM_SERVICE_UNAVAILABLE] = {
    TRUE, "serviceUnavailable", "Service Unavailable", 503,
    { "Le serveur est occupé. Réessayez dans un instant.",
      "De server is bezet. Probeer het zo dadelijk opnieuw.",
      "Der Server ist beschäftigt. Versuchen Sie es gleich noch einmal.",
      "The server is busy. Try again in a moment." } },

  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NOT_ALLOWED] = {
    FALSE, NULL, "Not Allowed", 403,
    { "Vos droits ne permettent pas cette action.",
      "Uw rechten laten deze actie niet toe.",
      "Ihre Rechte erlauben diese Aktion nicht.",
      "Your rights do not allow this action." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NO_SUCH_PROCEDURE] = {
    FALSE, NULL, "No Such Procedure", 400,
    { "Cette démarche n’existe pas.",
      "Deze procedure bestaat niet.",
      "Dieses Verfahren gibt es nicht.",
      "There is no such procedure." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_INVALID] = {
    FALSE, NULL, "Invalid Content", 400,
    { "Certaines réponses ne sont pas correctes.",
      "Sommige antwoorden zijn niet juist.",
      "Einige Antworten sind nicht richtig.",
      "Some answers are not correct." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NO_SUCH_MOVE] = {
    FALSE, NULL, "No Such Move", 409,
    { "De l’étape où elle se trouve, la demande ne peut pas passer à celle-là.",
      "Vanuit haar huidige stap kan de aanvraag niet naar die stap gaan.",
      "Von ihrem jetzigen Schritt kann die Anfrage nicht zu jenem übergehen.",
      "From the stage where it stands, the request cannot move to that one." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_REASON_MISSING] = {
    FALSE, NULL, "Reason Missing", 409,
    { "Cette action demande un motif.",
      "Deze actie vraagt een reden.",
      "Diese Aktion verlangt eine Begründung.",
      "This action needs a reason." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_DOCUMENT_MISSING] = {
    FALSE, NULL, "Document Missing", 409,
    { "Joignez d’abord le document à délivrer.",
      "Voeg eerst het af te leveren document toe.",
      "Fügen Sie zuerst das auszustellende Dokument bei.",
      "Attach the document to be issued first." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NOT_A_PDF] = {
    FALSE, NULL, "Not A PDF", 400,
    { "Le document n’est pas un fichier PDF.",
      "Het document is geen pdf-bestand.",
      "Das Dokument ist keine PDF-Datei.",
      "The document is not a PDF file." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_CLOSED] = {
    FALSE, NULL, "Closed", 409,
    { "La demande est clôturée.",
      "De aanvraag is afgesloten.",
      "Die Anfrage ist abgeschlossen.",
      "The request is closed." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_ALREADY_TAKEN] = {
    FALSE, NULL, "Already Taken", 409,
    { "Une autre personne a déjà pris cette demande en charge.",
      "Iemand anders behandelt deze aanvraag al.",
      "Jemand anders hat diese Anfrage schon übernommen.",
      "Somebody else has already taken this request in charge." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NOT_YOURS] = {
    FALSE, NULL, "Not Yours", 409,
    { "Seule la personne qui a la demande en charge peut faire cela.",
      "Alleen wie de aanvraag behandelt, kan dit doen.",
      "Nur wer die Anfrage übernommen hat, kann das tun.",
      "Only the person in charge of the request can do this." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NOT_TAKEN] = {
    FALSE, NULL, "Not Taken", 409,
    { "Personne n’a cette demande en charge.",
      "Niemand behandelt deze aanvraag.",
      "Niemand hat diese Anfrage übernommen.",
      "Nobody is in charge of this request." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NO_SUCH_CLERK] = {
    FALSE, NULL, "No Such Clerk", 400,
    { "Cette personne ne peut pas traiter la demande.",
      "Deze persoon kan de aanvraag niet behandelen.",
      "Diese Person kann die Anfrage nicht bearbeiten.",
      "This person cannot work on the request." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NOT_BLOCKED] = {
    FALSE, NULL, "Not Blocked", 409,
    { "La demande n’est pas bloquée.",
      "De aanvraag is niet geblokkeerd.",
      "Die Anfrage ist nicht blockiert.",
      "The request is not blocked." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_ALREADY_BLOCKED] = {
    FALSE, NULL, "Already Blocked", 409,
    { "La demande est déjà bloquée.",
      "De aanvraag is al geblokkeerd.",
      "Die Anfrage ist schon blockiert.",
      "The request is already blocked." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NO_SUCH_NOTIFICATION] = {
    FALSE, NULL, "No Such Notification", 409,
    { "Cette notification n’existe pas.",
      "Deze kennisgeving bestaat niet.",
      "Diese Mitteilung gibt es nicht.",
      "There is no such notification." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_NO_ADDRESS] = {
    FALSE, NULL, "No Address", 409,
    { "Aucune adresse électronique n’est connue pour cette personne.",
      "Er is geen e-mailadres bekend voor deze persoon.",
      "Für diese Person ist keine E-Mail-Adresse bekannt.",
      "No e-mail address is known for this person." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_IDENTITY_MISSING] = {
    FALSE, NULL, "Identity Missing", 409,
    { "Vérifiez d’abord l’identité de la personne avec sa carte.",
      "Controleer eerst de identiteit van de persoon met zijn kaart.",
      "Prüfen Sie zuerst die Identität der Person anhand ihrer Karte.",
      "Verify the person’s identity with their card first." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_CHALLENGE_OVER] = {
    FALSE, NULL, "Challenge Over", 409,
    { "La lecture de la carte a duré trop longtemps ou a déjà servi. Recommencez la vérification.",
      "Het lezen van de kaart duurde te lang of diende al. Begin de controle opnieuw.",
      "Das Lesen der Karte hat zu lange gedauert oder diente schon. Beginnen Sie die Prüfung von Neuem.",
      "Reading the card took too long, or served before. Start the verification again." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_CONFLICT] = {
    FALSE, NULL, "Conflict", 409,
    { "La demande a changé entre-temps.",
      "De aanvraag is intussen gewijzigd.",
      "Die Anfrage hat sich inzwischen geändert.",
      "The request has changed meanwhile." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_CARD_REFUSED] = {
    FALSE, NULL, "Card Refused", 409,
    { "Cette carte ne peut pas servir : elle n’est pas authentique, plus valable ou révoquée, ou n’a pas pu être "
      "vérifiée.",
      "Deze kaart kan niet dienen: ze is niet echt, niet meer geldig of ingetrokken, of kon niet worden gecontroleerd.",
      "Diese Karte kann nicht verwendet werden: Sie ist nicht echt, nicht mehr gültig oder gesperrt oder konnte nicht "
      "geprüft werden.",
      "This card cannot be used: it is not genuine, no longer valid or revoked, or it could not be verified." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_OTHER_PERSON] = {
    FALSE, NULL, "Other Person", 409,
    { "Cette carte est celle d’une autre personne.",
      "Deze kaart is van een andere persoon.",
      "Diese Karte gehört einer anderen Person.",
      "This card is another person’s." } },
  [GUICHETD_PROBLEM_REFUSAL + GUICHET_REFUSAL_ACCOUNT_EXISTS] = {
    FALSE, NULL, "Account Exists", 409,
    { "Cette personne a déjà un compte.",
      "Deze persoon heeft al een account.",
      "Diese Person hat bereits ein Konto.",
      "This person has an account already." } },
};

const guint guichetd_n_problem_lines = G_N_ELEMENTS (guichetd_problem_lines);

const GuichetdIssueLine guichetd_issue_lines[] = {
  { FALSE, "requiredInput",
    { "Ce champ est obligatoire.",
      "Dit veld is verplicht.",
      "Dieses Feld ist Pflicht.",
      "This field is required." } },
  { TRUE, "invalidInput",
    { "Cette valeur n’est pas correcte.",
      "Deze waarde is niet juist.",
      "Dieser Wert ist nicht richtig.",
      "This value is not correct." } },
  { FALSE, "invalidStructure",
    { "Cette valeur n’a pas la forme attendue.",
      "Deze waarde heeft niet de verwachte vorm.",
      "Dieser Wert hat nicht die erwartete Form.",
      "This value does not have the expected form." } },
  { FALSE, "outOfRange",
    { "Cette valeur est hors limites.",
      "Deze waarde valt buiten de grenzen.",
      "Dieser Wert liegt außerhalb der Grenzen.",
      "This value is out of range." } },
  { TRUE, "unknownInput",
    { "Ce champ n’est pas attendu ici.",
      "Dit veld wordt hier niet verwacht.",
      "Dieses Feld wird hier nicht erwartet.",
      "This field is not expected here." } },
  { TRUE, "schemaViolation",
    { "L’envoi n’a pas la structure attendue.",
      "De zending heeft niet de verwachte structuur.",
      "Die Sendung hat nicht die erwartete Struktur.",
      "What was sent does not have the expected structure." } },
  { FALSE, "rejectedInput",
    { "Cette valeur n’est pas acceptée.",
      "Deze waarde wordt niet aanvaard.",
      "Dieser Wert wird nicht angenommen.",
      "This value is not accepted." } },
  { TRUE, "referencedResourceNotFound",
    { "Ce à quoi ce champ renvoie n’existe pas.",
      "Waar dit veld naar verwijst, bestaat niet.",
      "Das, worauf dieses Feld verweist, gibt es nicht.",
      "What this field refers to does not exist." } },
  { FALSE, NULL, { NULL, NULL, NULL, NULL } },
};
// clang-format on
