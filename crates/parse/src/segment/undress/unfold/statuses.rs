//! The states of containers on one line, as `-o jsonpath='{.status.containerStatuses}'` prints them.

use serde_json::Value;

use super::Unfolded;
use crate::text::Line;

/// Finds such lines.
pub(super) fn unfold(lines: &[Line<'_>]) -> Unfolded {
    let own = |line: &Line<'_>| {
        let text = line.trimmed();
        let listed = text.starts_with("[{") && text.contains("\"restartCount\":");
        let values: Value = listed.then(|| serde_json::from_str(text).ok())??;
        let pretty = serde_json::to_string_pretty(&values).ok()?;
        let mut texts: Vec<String> = pretty.lines().map(str::to_owned).collect();
        if let Some(first) = texts.first_mut() {
            first.insert_str(0, "\"containerStatuses\": ");
        }
        Some(texts)
    };
    lines.iter().enumerate().filter_map(|(index, line)| Some((index, own(line)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn states_stand_one_below_the_other() {
        let lines = read("[{\"name\":\"web\",\"restartCount\":9}]");
        assert_eq!(lines.first().map(String::as_str), Some("1 \"containerStatuses\": ["));
        assert!(lines.contains(&"1     \"restartCount\": 9".to_owned()), "{lines:?}");
        assert_eq!(read("[{\"name\":\"web\"}]").len(), 1);
    }
}
