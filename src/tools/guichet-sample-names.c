/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What sample people are made of.
 */
#include "config.h"

#include "guichet-sample-names.h"

// clang-format off

const char *const guichet_sample_family_names[] = {
  "Dubois", "Lambert", "Martin", "Dupont", "Simon", "Dumont", "Leclercq", "Laurent", "Lejeune", "Renard",
  "Denis", "Lemaire", "Gérard", "Collard", "François", "Michel", "Leroy", "Lefèvre", "Lefebvre", "Mathieu",
  "Hubert", "Noël", "Charlier", "Bertrand", "Willems", "Peeters", "Janssens", "Maes", "Jacobs", "Mertens",
  "Claes", "Goossens", "Wouters", "De Smet", "De Clercq", "Van den Berghe", "Van Damme", "Vandenbossche",
  "Cornet", "Evrard", "Marchal", "Delvaux", "Delattre", "Descamps", "Deprez", "Baudoux", "Bouchez", "Cambier",
  "Cantineau", "Carlier", "Delhaye", "Demarez", "Dufrasne", "Fontaine", "Gallez", "Gobert", "Godart", "Hecquet",
  "Huart", "Lecocq", "Legrand", "Liénard", "Mahieu", "Malengreau", "Navez", "Pottiez", "Quenon", "Robette",
  "Rousseau", "Saussez", "Stievenart", "Thiry", "Urbain", "Vilain", "Wattiez", "Wéry", "Rossi", "Ferrari",
  "Russo", "Lombardo", "Ricci", "Marino", "Greco", "Kowalski", "Nowak", "Yilmaz", "Kaya", "Demir", "El Amrani",
  "Benali", "Bouzid", "Haddad", "Mbala", "Kabongo", "Ilunga", "Nguyen", "Da Silva", "Ferreira", "Popescu",
  "Müller", "Schmitz", "Becker", "Hoffmann", "O'Neill", NULL
};

const char *const guichet_sample_women[] = {
  "Marie", "Anne", "Catherine", "Isabelle", "Nathalie", "Christine", "Martine", "Sophie", "Julie", "Émilie",
  "Camille", "Léa", "Manon", "Élise", "Charlotte", "Louise", "Emma", "Zoé", "Alice", "Lucie", "Chloé", "Inès",
  "Sarah", "Fatima", "Yasmina", "Giulia", "Maria", "Rosa", "Agnès", "Monique", "Françoise", "Nicole", "Jeanne",
  "Bénédicte", "Céline", "Aurélie", "Véronique", "Geneviève", "Hélène", "Sabrina", "Katarzyna", "Elif", NULL
};

const char *const guichet_sample_men[] = {
  "Jean", "Pierre", "Michel", "Philippe", "Luc", "Marc", "Olivier", "Benoît", "Thomas", "Nicolas", "Maxime",
  "Antoine", "Louis", "Arthur", "Gabriel", "Hugo", "Noah", "Adam", "Lucas", "Théo", "Mathis", "Mohamed", "Karim",
  "Youssef", "Giuseppe", "Antonio", "Salvatore", "André", "Jacques", "Christian", "Daniel", "Frédéric",
  "Grégory", "Jérôme", "Loïc", "Rémy", "Stéphane", "Xavier", "Yves", "Piotr", "Mehmet", "Jürgen", NULL
};

const char *const guichet_sample_streets[] = {
  "rue de Nimy", "rue de Bertaimont", "rue d'Havré", "rue de la Clef", "rue des Clercs", "rue de la Coupe",
  "rue du Hautbois", "rue de Houdain", "rue des Capucins", "rue Léopold II", "rue du Grand Jour",
  "rue Notre-Dame Débonnaire", "rue des Sœurs Noires", "rue de la Halle", "rue d'Enghien", "rue Neuve",
  "avenue Jean d'Avesnes", "avenue de Jemappes", "avenue Reine Astrid", "avenue Frère Orban",
  "boulevard Kennedy", "boulevard Dolez", "boulevard Sainctelette", "boulevard Albert-Élisabeth",
  "chaussée de Binche", "chaussée du Rœulx", "chaussée de Beaumont", "place du Parc", "place de Flandre",
  "place Nervienne", "rue de l'Église", "rue du Moulin", "rue des Écoles", "rue de la Station",
  "rue du Calvaire", "rue Grande", "rue du Peuple", "rue Émile Vandervelde", NULL
};

const GuichetSampleLocality guichet_sample_localities[] = {
  { "7000", "Mons" }, { "7000", "Mons" }, { "7000", "Mons" }, { "7000", "Mons" }, { "7011", "Ghlin" },
  { "7012", "Jemappes" }, { "7012", "Jemappes" }, { "7012", "Flénu" }, { "7020", "Nimy" }, { "7020", "Maisières" },
  { "7021", "Havré" }, { "7022", "Hyon" }, { "7022", "Mesvin" }, { "7024", "Ciply" },
  { "7030", "Saint-Symphorien" }, { "7031", "Villers-Saint-Ghislain" }, { "7032", "Spiennes" },
  { "7033", "Cuesmes" }, { "7034", "Obourg" }, { NULL, NULL }
};

const char *const guichet_sample_notes[] = {
  "La personne a téléphoné, elle rappellera demain matin.",
  "Même adresse que la demande de son conjoint : à traiter ensemble.",
  "Le nom est orthographié autrement au registre, à vérifier.",
  "Copie de la carte illisible, une meilleure suit par courrier.",
  "Demande urgente : rendez-vous chez le notaire vendredi.",
  "Vu avec la cheffe de service, on peut continuer.",
  "Ne répond pas au téléphone, message laissé.",
  "A déjà reçu le même document le mois dernier.",
  "Dossier papier dans l'armoire B, deuxième rayon.",
  "Préfère être contactée par courrier électronique.", NULL
};

const char *const guichet_sample_reasons[] = {
  "Les pièces reçues ne permettent pas d'établir le lien avec la personne concernée.",
  "La personne n'est pas inscrite dans nos registres à cette date.",
  "Le document joint est illisible.",
  "La demande concerne une autre commune.",
  "Il manque la copie de la carte d'identité du mandant.",
  "La demande a déjà été traitée sous une autre référence.", NULL
};

const char *const guichet_sample_sentences[] = {
  "Nous restons à votre disposition au guichet du lundi au vendredi de 8 h à 12 h.",
  "Merci de votre patience.",
  "Vous pouvez répondre directement dans votre compte.", NULL
};

const char *const guichet_sample_words[] = {
  "Mons", "Hôpital Ambroise Paré", "SPF Finances", "Caisse d'allocations familiales", "Étude du notaire Gallez",
  "Tribunal de première instance du Hainaut", "Université de Mons", "Dossier de logement social", "Charleroi",
  "La Louvière", "Tournai", "Bruxelles", NULL
};

const char *const guichet_sample_codes[] = {
  "1987", "2024", "12", "B", "123", "123 C", "B 123 C", "53053", "0477000000", "AB 123", "592-1234567-89", "BE", NULL
};

// clang-format on
