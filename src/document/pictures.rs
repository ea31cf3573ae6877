//! 图片 — which pictures of the workspace a document shows.

use super::{Block, Document};

impl Document {
    /// The paths of its pictures, each once for every time that it is shown.
    #[must_use]
    pub fn pictures(&self) -> Vec<&str> {
        self.parts().flat_map(Block::pictures).collect()
    }

    /// Gives its pictures other paths.
    pub fn move_pictures(&mut self, to: &dyn Fn(&str) -> String) {
        let attached = self.attachments.iter_mut().flat_map(|attachment| &mut attachment.body);
        for block in self.body.iter_mut().chain(attached) {
            block.move_pictures(to);
        }
    }

    /// The parts of its body and of its attachments.
    fn parts(&self) -> impl Iterator<Item = &Block> {
        self.body.iter().chain(self.attachments.iter().flat_map(|attachment| &attachment.body))
    }
}

impl Block {
    fn pictures(&self) -> Vec<&str> {
        match self {
            Self::Figure(figure) => vec![figure.path.as_str()],
            Self::List { items } => items.iter().flatten().flat_map(Self::pictures).collect(),
            _ => Vec::new(),
        }
    }

    fn move_pictures(&mut self, to: &dyn Fn(&str) -> String) {
        match self {
            Self::Figure(figure) => figure.path = to(&figure.path),
            Self::List { items } => items.iter_mut().flatten().for_each(|block| block.move_pictures(to)),
            _ => {}
        }
    }
}
