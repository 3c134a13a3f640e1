//! The nodes on which pods run that are put aside: a few names that many pods share.

use std::collections::HashMap;

use kubetriage_model::Data;

/// Names of nodes, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Nodes {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Nodes {
    /// Returns the number of the node on which a pod runs, from 1 on; 0 if none is told.
    pub(super) fn number(&mut self, data: &Data) -> u32 {
        let Data::Pod(pod) = data else { return 0 };
        let Some(node) = &pod.node else { return 0 };
        if let Some(number) = self.numbers.get(node) {
            return *number;
        }
        let number = u32::try_from(self.names.len() + 1).unwrap_or(0);
        self.names.push(node.clone());
        self.numbers.insert(node.clone(), number);
        number
    }

    /// Tells a pod on which node it runs.
    pub(super) fn tell(&self, number: u32, data: &mut Data) {
        let name = number.checked_sub(1).and_then(|at| self.names.get(usize::try_from(at).ok()?));
        if let (Data::Pod(pod), Some(name)) = (data, name) {
            pod.node = Some(name.clone());
        }
    }
}
