//! Every heading of the two source articles has its rules, and these rules exist.

use kubetriage_rules::Catalog;

const PAGE: &str = include_str!("../catalog/ARTICLES.md");

/// The headings of both articles that speak of an error, a cause, a check or a fix.
const HEADINGS: &[&str] = &[
    "Errori di creazione dell'estensione",
    "Errore: impossibile ottenere una risposta dall'agente in tempo",
    "Causa 1: l'agente di estensione del cluster e i pod di gestione non vengono inizializzati",
    "Soluzione 1: assicurarsi che l'agente di estensione del cluster e i pod di gestione funzionino correttamente",
    "Causa 2: un problema influisce sul blocco o sul firewall in uscita",
    "Soluzione 2: assicurarsi che i prerequisiti di rete siano soddisfatti",
    "Causa 3: Il traffico non è autorizzato",
    "Soluzione 3.1: (Scelta consigliata) Creare reti virtuali separate",
    "Soluzione 3.2: Creare un override di CoreDNS",
    "Errore: i pod di estensione non possono essere pianificati se tutti i pool di nodi nel cluster sono \"CriticalAddonsOnly\" contaminati",
    "Soluzione 1: Aggiungere un pool di nodi al cluster",
    "Soluzione 2: Rimuovere il taint \"CriticalAddonsOnly\"",
    "Errori helm",
    "Errore: timeout in attesa dell'idoneità delle risorse",
    "Errore: impossibile scaricare il grafico Helm dall'URL del repository",
    "Errore: il rendering del grafico Helm non è riuscito con i valori specificati",
    "Errore: la risorsa esiste già nel cluster",
    "Errore: l'operazione è già in corso per Helm",
    "Identificare i sintomi",
    "Assegnazioni di ruolo",
    "Risolvere i problemi di rete",
    "Risolvere i problemi di accesso",
    "Risolvere i problemi di prestazioni",
    "Integrare un registro contenitori di terze parti",
];

/// Returns the cells of the page's tables: heading and the rules named behind it.
fn rows() -> Vec<(&'static str, Vec<&'static str>)> {
    PAGE.lines()
        .filter_map(|line| line.strip_prefix("| "))
        .filter_map(|line| {
            let (heading, _) = line.split_once(" | ")?;
            let (_, rules) = line.rsplit_once(" | ")?;
            Some((heading, rules.split('`').filter(|part| part.contains('/')).collect()))
        })
        .filter(|(heading, _)| *heading != "heading")
        .collect()
}

#[test]
fn every_heading_of_the_articles_has_its_rules() {
    let rows = rows();
    for heading in HEADINGS {
        let row = rows.iter().find(|(of, _)| of == heading);
        assert!(row.is_some_and(|(_, rules)| !rules.is_empty()), "{heading} has no rule");
    }
    assert_eq!(rows.len(), HEADINGS.len(), "the page has a row that is no heading");
}

#[test]
fn every_rule_on_the_page_exists() {
    let missing: Vec<_> = rows()
        .iter()
        .flat_map(|(_, rules)| rules.clone())
        .filter(|id| Catalog::builtin().get(id).is_none())
        .collect();
    assert!(missing.is_empty(), "no such rules: {missing:?}");
}
