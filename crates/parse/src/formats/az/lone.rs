//! Sentences that only the extension service and its agents write, on a line of their own: what people paste
//! into tickets, without the code in front and the fields behind.
//!
//! The sentence has to begin the line, behind a list mark, a quotation mark or `Message:`; in the middle of
//! prose it is no statement.

use crate::prim::quotation::is_talked_about;

/// How such a sentence begins. Lower case; the Italian ones are those of the translated documentation.
const BEGINNINGS: &[&str] = &[
    "the extension operation failed with the following error",
    "helm installation failed : ",
    "helm installation failed: ",
    "unable to install helm release: ",
    "unable to download the helm chart from the repo url",
    "impossibile scaricare il grafico helm",
    "failed to install chart from path [",
    "failed to setup helm client during helm chart",
    "timed out waiting for the resource to come to a ready/completed state",
    "timeout in attesa che la risorsa arrivi a uno stato pronto/completato",
    "helm chart rendering failed with given values",
    "il rendering del grafico helm non è riuscito",
    "resource already exists in your cluster",
    "resource already existing in your cluster",
    "la risorsa esiste già nel cluster",
    "operation is already in progress for helm",
    "l'operazione è già in corso per helm",
    "an error occurred when getting manifest. statuscode: ",
    "job failed: backofflimitexceeded",
    "failed pre-install: ",
    "failed post-install: ",
    "processo non riuscito: backofflimitexceeded",
    "update failed for this resource, as there is a conflicting operation in progress",
];
/// Longest beginning that is looked at, with what stands before it.
const LOOK: usize = 256;

/// Returns the sentence that the line is, without what stands before it.
pub(super) fn sentence(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches([' ', '-', '*', '•', '"', '\'', '`']);
    let bare = ["Message: ", "message: ", "ERROR: "]
        .iter()
        .find_map(|key| bare.strip_prefix(key))
        .unwrap_or(bare);
    let bare = bare.trim_start_matches(['"', ' ']);
    let unable_to_pull =
        bare.starts_with("Unable to pull ") && bare.contains(" helm chart from the registry");
    let head: String = bare.chars().take(LOOK).collect::<String>().to_lowercase();
    let known = unable_to_pull || BEGINNINGS.iter().any(|beginning| head.starts_with(beginning));
    (known && !is_talked_about(text)).then(|| bare.trim_end_matches(['"', ',', ' ', '`', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_their_line() {
        for (text, want) in [
            ("Helm chart rendering failed with given values", true),
            ("- job failed: BackoffLimitExceeded", true),
            ("Message: \"The extension operation failed with the following error: x\"", true),
            (
                "Unable to pull diagnostics helm chart from the registry 'mcr.microsoft.com/x:1': y",
                true,
            ),
            ("The page explains that job failed: BackoffLimitExceeded means a hook failed.", false),
            ("Unable to pull the rope", false),
            ("", false),
        ] {
            assert_eq!(sentence(text).is_some(), want, "{text}");
        }
    }
}
