//! What a tool tells about the image before the error comes.

use super::error;
use crate::context::Context;
use crate::text::Line;

/// Most lines of progress between the image and the error.
const PROGRESS: usize = 60;

/// Returns how many lines stand from the name of an image to the error, the error included.
pub(super) fn length(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    image(lines.first()?.text)?;
    let at = before(lines, context)?;
    error::length(lines.get(at..)?).map(|length| at + length)
}

/// Returns how many lines stand before the error.
pub(super) fn before(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let behind = lines.iter().take(PROGRESS).enumerate().skip(1);
    for (at, line) in behind {
        if error::told(line.text, context).is_some() || error::is_answer(line.trimmed()) {
            return Some(at);
        }
        if !is_progress(line.trimmed()) {
            return None;
        }
    }
    None
}

/// Returns the image that a line announces.
pub(super) fn image(text: &str) -> Option<&str> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("Unable to find image '") {
        return rest.strip_suffix("' locally").and_then(named);
    }
    if let Some(rest) = text.strip_prefix("The push refers to repository [") {
        return rest.strip_suffix(']').and_then(named);
    }
    if let Some(rest) = text.strip_prefix("Trying to pull ") {
        return rest.strip_suffix("...").and_then(named);
    }
    if let Some((_, image)) = text.split_once("[internal] load metadata for ") {
        return text.starts_with('#').then_some(image).and_then(named);
    }
    if let Some((_, image)) = text
        .split_once(" pushing manifest for ")
        .or_else(|| text.split_once(" exporting manifest for "))
    {
        let image = image.split('@').next().unwrap_or(image);
        return text.starts_with('#').then_some(image).and_then(named);
    }
    let (_, image) = text.strip_prefix("Step ")?.split_once(" : FROM ")?;
    named(image.split_whitespace().next()?)
}

fn named(image: &str) -> Option<&str> {
    let image = image.split_whitespace().next()?;
    image.contains(['/', ':', '.']).then_some(image)
}

/// True for a line that only tells how far a transfer is.
fn is_progress(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "Digest: ",
        "Getting image source signatures",
        "Copying ",
        "Using default tag",
        "------",
        "> [",
        "Writing manifest",
        "Storing signatures",
        "Sending build context",
    ];
    let layer = text.split_once(": ").is_some_and(|(id, _)| {
        (6..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    layer
        || text.starts_with('#')
        || text.contains(": Pulling from ")
        || STARTS.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{image, is_progress};

    #[test]
    fn tools_announce_their_image() {
        for (text, want) in [
            (
                "Unable to find image 'mcr.contoso.com/tool:1' locally",
                Some("mcr.contoso.com/tool:1"),
            ),
            (
                "Step 1/11 : FROM contoso.azurecr.io/base:6 AS build",
                Some("contoso.azurecr.io/base:6"),
            ),
            ("#2 [internal] load metadata for mcr.contoso.com/a:1", Some("mcr.contoso.com/a:1")),
            (
                "The push refers to repository [docker.io/contoso/web]",
                Some("docker.io/contoso/web"),
            ),
            ("Step 2/11 : RUN make", None),
            ("Unable to find image", None),
        ] {
            assert_eq!(image(text), want, "{text}");
        }
        for (text, want) in [
            ("581c38738922: Preparing", true),
            ("1.2: Pulling from web", true),
            ("web: ready", false),
        ] {
            assert_eq!(is_progress(text), want, "{text}");
        }
    }
}
