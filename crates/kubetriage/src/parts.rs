//! Long lists and tables as a stream of parts.

use kubetriage_model::Hint;
use kubetriage_parse::{Cut, Long};
use kubetriage_source::{Block, Blocks, Limits};

/// One part of a long text.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) block: Block,
    pub(crate) first: bool,
    pub(crate) last: bool,
}

/// Cuts the blocks of one artifact into parts.
pub(crate) struct Parts<'b> {
    pub(crate) long: Long,
    blocks: &'b mut Blocks,
    /// What is read and not yet handed out.
    rest: Option<Block>,
    first: bool,
    /// Most bytes of a part that cannot be cut.
    most: u64,
}

impl<'b> Parts<'b> {
    /// Returns the parts of an artifact that starts with `first`.
    ///
    /// # Errors
    ///
    /// Gives `first` back if the text is to be read as a whole: because it is short, or of another kind.
    pub(crate) fn of(
        first: Block,
        blocks: &'b mut Blocks,
        hint: &Hint,
        limits: &Limits,
    ) -> Result<Self, Block> {
        if first.text.len() < limits.block_bytes / 2 {
            return Err(first);
        }
        match Long::of(&first.text, hint) {
            None => Err(first),
            Some(long) => {
                let most = limits.whole_bytes;
                Ok(Self { long, blocks, rest: Some(first), first: true, most })
            }
        }
    }

    /// Returns the text that is left, as the last part.
    fn last(&mut self, rest: Block) -> Part {
        let block = self.blocks.join(rest, self.most);
        Part { block, first: std::mem::take(&mut self.first), last: true }
    }
}

impl Iterator for Parts<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let mut text = self.rest.take()?;
        loop {
            match self.long.cut(&text.text, self.first) {
                Cut::Over => return Some(self.last(text)),
                Cut::Behind(at) if at < text.text.len() => {
                    self.rest = Some(text.split_off(at));
                    return Some(Part {
                        block: text,
                        first: std::mem::take(&mut self.first),
                        last: false,
                    });
                }
                Cut::Behind(_) => {
                    let next = self.blocks.next();
                    let last = next.is_none();
                    self.rest = next;
                    return Some(Part {
                        block: text,
                        first: std::mem::take(&mut self.first),
                        last,
                    });
                }
                Cut::More => match self.blocks.next() {
                    Some(more) => text.text.push_str(&more.text),
                    None => return Some(self.last(text)),
                },
            }
        }
    }
}
