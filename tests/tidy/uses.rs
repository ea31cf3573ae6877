//! 使用关系 — which file of the library uses which other one, as the compiler would resolve it: grouped, renamed and glob imports,
//! `self` and any number of `super`, paths written out in an expression, a type, a macro or a serde attribute, and what a
//! module passes on with `pub use`. Code for tests is left out.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, UseTree};

/// A module by its path below the crate: `pdf::measure::ruler`; the root is empty.
pub type Module = Vec<String>;

/// The library as its files stand.
#[derive(Default)]
pub struct Library {
    scopes: BTreeMap<Module, Scope>,
}

/// What a module knows by name, and what it says.
#[derive(Default)]
struct Scope {
    /// A module that is written inside another's file belongs to that file.
    inline: bool,
    items: BTreeSet<String>,
    imports: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    /// Every path that it names, as written.
    paths: Vec<Vec<String>>,
}

impl Library {
    /// Of files by their path below `src`.
    pub fn of(files: &[(String, String)]) -> Self {
        let mut library = Self::default();
        let mut of_tests = Vec::new();
        for (path, text) in files {
            let module = module(path);
            let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}")).unwrap();
            library.read(&module, file.items, false, &mut of_tests);
        }
        library.scopes.retain(|module, _| !of_tests.iter().any(|test: &Module| module.starts_with(test)));
        library
    }

    fn read(&mut self, module: &Module, items: Vec<Item>, inline: bool, of_tests: &mut Vec<Module>) {
        let mut scope = Scope { inline, ..Scope::default() };
        for item in items {
            let tokens = item.to_token_stream();
            if for_tests(attributes(&item)) {
                if let Item::Mod(one) = &item {
                    of_tests.push(below(module, &one.ident.to_string()));
                }
                continue;
            }
            match item {
                Item::Use(one) => scope.import(&one.tree, &mut Vec::new()),
                Item::Mod(one) => {
                    if let Some((_, items)) = one.content {
                        self.read(&below(module, &one.ident.to_string()), items, true, of_tests);
                    }
                }
                item => {
                    scope.items.extend(name(&item));
                    scope.say(tokens);
                }
            }
        }
        self.scopes.insert(module.clone(), scope);
    }

    /// The modules that stand side by side in a folder and use each other in a circle: `pdf::measure → pdf::press → pdf::measure`.
    /// The file of the folder itself, `mod.rs`, is none of them: it calls its files and may hold what they share.
    pub fn circles(&self) -> Vec<String> {
        let mut beside: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
        for (user, used) in self.uses() {
            let shared = user.iter().zip(&used).take_while(|(a, b)| a == b).count();
            if let (Some(user), Some(used)) = (user.get(..=shared), used.get(..=shared)) {
                beside.entry(user.to_vec()).or_default().insert(used.to_vec());
            }
        }
        let mut circles = Vec::new();
        for start in beside.keys() {
            let mut ways = vec![vec![start]];
            let mut seen = BTreeSet::new();
            while let Some(way) = ways.pop() {
                for next in way.last().and_then(|last| beside.get(*last)).into_iter().flatten() {
                    // Each circle is told once, by its first module.
                    if next == start && way.iter().all(|one| *one >= start) {
                        let names: Vec<String> = way.iter().chain([&start]).map(|one| one.join("::")).collect();
                        circles.push(names.join(" → "));
                        ways.clear();
                        break;
                    }
                    if seen.insert(next) {
                        ways.push(way.iter().copied().chain([next]).collect());
                    }
                }
            }
        }
        circles
    }

    /// Which file uses which, each pair once.
    pub fn uses(&self) -> BTreeSet<(Module, Module)> {
        let mut uses = BTreeSet::new();
        for (module, scope) in &self.scopes {
            let imports = scope.imports.values().chain(&scope.globs);
            for path in imports.chain(&scope.paths) {
                if let Some(used) = self.resolve(module, path, 0) {
                    uses.insert((self.file(module), self.file(&used)));
                }
            }
        }
        uses.retain(|(user, used)| user != used);
        uses
    }

    /// The module in which the thing at a path stands; nothing for what is not of this crate.
    fn resolve(&self, from: &Module, path: &[String], depth: usize) -> Option<Module> {
        // Modules may pass each other's names on for ever.
        if depth > 16 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" | "hongtou" => self.walk(Vec::new(), rest, depth),
            "self" => self.walk(from.clone(), rest, depth),
            "super" => {
                let mut module = from.clone();
                module.pop()?;
                let supers = rest.iter().take_while(|segment| *segment == "super").count();
                module.truncate(module.len().checked_sub(supers)?);
                self.walk(module, rest.get(supers..)?, depth)
            }
            name => {
                let scope = self.scopes.get(from)?;
                if self.scopes.contains_key(&below(from, name)) || scope.imports.contains_key(name) {
                    return self.walk(from.clone(), path, depth);
                }
                let globs = scope.globs.iter().filter_map(|glob| self.resolve(from, glob, depth + 1));
                let holder = globs.into_iter().find(|module| self.knows(module, name))?;
                self.walk(holder, path, depth)
            }
        }
    }

    fn walk(&self, mut module: Module, path: &[String], depth: usize) -> Option<Module> {
        for (index, segment) in path.iter().enumerate() {
            let child = below(&module, segment);
            if self.scopes.contains_key(&child) {
                module = child;
                continue;
            }
            let scope = self.scopes.get(&module)?;
            if let Some(import) = scope.imports.get(segment) {
                let path: Vec<String> = import.iter().chain(path.get(index + 1..)?).cloned().collect();
                // A name from outside that a module passes on is that module's.
                return Some(self.resolve(&module, &path, depth + 1).unwrap_or(module));
            }
            if !scope.items.contains(segment) {
                let globs = scope.globs.iter().filter_map(|glob| self.resolve(&module, glob, depth + 1));
                if let Some(holder) = globs.into_iter().find(|module| self.knows(module, segment)) {
                    return self.walk(holder, path.get(index..)?, depth + 1);
                }
            }
            return Some(module);
        }
        Some(module)
    }

    fn knows(&self, module: &Module, name: &str) -> bool {
        let scope = self.scopes.get(module);
        scope.is_some_and(|scope| scope.items.contains(name) || scope.imports.contains_key(name))
            || self.scopes.contains_key(&below(module, name))
    }

    /// The module of the file in which a module stands.
    fn file(&self, module: &Module) -> Module {
        let mut module = module.clone();
        while self.scopes.get(&module).is_some_and(|scope| scope.inline) {
            module.pop();
        }
        module
    }
}

impl Scope {
    fn import(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        let depth = before.len();
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.import(&path.tree, before);
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, before)),
            UseTree::Glob(_) => self.globs.push(before.clone()),
            UseTree::Name(one) => self.bind(&one.ident.to_string(), &one.ident.to_string(), before),
            UseTree::Rename(one) => self.bind(&one.ident.to_string(), &one.rename.to_string(), before),
        }
        before.truncate(depth);
    }

    fn bind(&mut self, name: &str, known_as: &str, before: &[String]) {
        let mut path = before.to_vec();
        let mut known_as = known_as.to_owned();
        if name == "self" {
            if known_as == "self" {
                known_as = path.last().cloned().unwrap_or_default();
            }
        } else {
            path.push(name.to_owned());
        }
        if known_as == "_" {
            self.paths.push(path);
        } else {
            self.imports.insert(known_as, path);
        }
    }

    /// Takes every path out of tokens, also those in macros, in imports of a function's own, and in serde's strings.
    fn say(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut joined = false;
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    joined = colons == 2;
                    continue;
                }
                TokenTree::Ident(ident) => {
                    if !joined {
                        self.end(&mut path);
                    }
                    path.push(ident.to_string());
                }
                TokenTree::Group(group) if joined && group.delimiter() == Delimiter::Brace => {
                    // `use crate::{award, pdf::{self, Press}}` in a function.
                    if let Ok(tree) = syn::parse2::<UseTree>(TokenStream::from(TokenTree::Group(group))) {
                        let mut inner = Self::default();
                        inner.import(&tree, &mut path);
                        self.paths.extend(inner.imports.into_values().chain(inner.globs));
                    }
                    path.clear();
                }
                TokenTree::Group(group) => {
                    // `pub(super)` names nothing.
                    let visibility = path.last().is_some_and(|last| last == "pub");
                    self.end(&mut path);
                    if !visibility {
                        self.say(group.stream());
                    }
                }
                TokenTree::Literal(literal) => {
                    self.end(&mut path);
                    let text = literal.to_string();
                    let text = text.trim_matches('"');
                    if ["crate::", "super::", "self::"].iter().any(|start| text.starts_with(start)) {
                        self.paths.push(text.split("::").map(str::to_owned).collect());
                    }
                }
                TokenTree::Punct(_) => self.end(&mut path),
            }
            (joined, colons) = (false, 0);
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Vec<String>) {
        if path.is_empty() {
            return;
        }
        self.paths.push(std::mem::take(path));
    }
}

/// `pdf/measure/mod.rs` is `pdf::measure`.
fn module(path: &str) -> Module {
    let mut module: Module = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod" || path == "lib.rs") {
        module.pop();
    }
    module
}

fn below(module: &Module, name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

fn for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|one| one.path().is_ident("cfg") && one.meta.to_token_stream().to_string().contains("test"))
}

fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}
