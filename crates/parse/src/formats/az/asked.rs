//! What a command of `az` was asked about.

use kubetriage_model::Command;

use crate::segment::command::option;

/// Names that a command line gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) extension: Option<String>,
    pub(super) cluster: Option<String>,
    pub(super) resource_group: Option<String>,
}

impl Asked {
    /// Reads the options of a command; `-n` names what its group of commands is about.
    pub(super) fn of(command: Option<&Command>) -> Self {
        let Some(command) = command.filter(|command| command.tool == "az") else {
            return Self::default();
        };
        let value = |names: &[&str]| option(&command.line, names).filter(|name| is_name(name));
        let about =
            |group: &str| value(&["-n", "--name"]).filter(|_| command.verb.starts_with(group));
        Self {
            extension: about("k8s-extension"),
            cluster: value(&["-c", "--cluster-name"])
                .or_else(|| about("aks"))
                .or_else(|| about("connectedk8s")),
            resource_group: value(&["-g", "--resource-group"]),
        }
    }
}

/// Returns the part of a resource id somewhere in a text, behind `/kind/`.
pub(super) fn named_in(text: &str, kind: &str) -> Option<String> {
    let part = super::part_of_id(text, kind)?;
    let name: String = part.chars().take_while(|c| is_sign(*c)).collect();
    Some(name).filter(|name| is_name(name))
}

/// False for what people write where a name ought to stand: `<cluster>`, `$RG`, `...`.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && text.chars().all(is_sign)
}

fn is_sign(c: char) -> bool {
    c.is_alphanumeric() || "-_.()".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::command::recognize;

    #[test]
    fn options_name_what_the_command_is_about() {
        let asked = |line: &str| {
            let asked = Asked::of(recognize(line).as_ref());
            [asked.extension, asked.cluster, asked.resource_group].map(Option::unwrap_or_default)
        };
        let create =
            "az k8s-extension create -g rg -c aks --cluster-type managedClusters --name flux";
        assert_eq!(asked(create), ["flux", "aks", "rg"]);
        assert_eq!(asked("az aks show --resource-group=rg --name aks"), ["", "aks", "rg"]);
        assert_eq!(asked("az connectedk8s connect -n arc -g rg"), ["", "arc", "rg"]);
        assert_eq!(asked("az acr show -n contoso"), ["", "", ""]);
        assert_eq!(asked("az aks show -g $RG -n <cluster>"), ["", "", ""]);
        assert_eq!(asked("kubectl get pods -n shop"), ["", "", ""]);
    }

    #[test]
    fn a_resource_id_in_a_sentence_names_its_parts() {
        let text = "over scope '/subscriptions/0/resourceGroups/rg-a/providers/Microsoft.ContainerService/managedClusters/aks-b' or the scope";
        assert_eq!(named_in(text, "resourceGroups").as_deref(), Some("rg-a"));
        assert_eq!(named_in(text, "managedClusters").as_deref(), Some("aks-b"));
        assert_eq!(named_in("scope /resourceGroups/<rg>/x", "resourceGroups"), None);
    }
}
