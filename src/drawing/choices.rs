//! Enums of choices: the entries of a menu, each with its name in files, its title and its help.

/// An enum of choices with ids, titles and help, from one entry each.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$entry:meta])* $variant:ident: $id:literal, $title:literal, $help:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$entry])* $variant,)*
        }

        impl $name {
            /// Every one, in the order of the menu.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$variant),*];

            /// Its name in files.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The one with this name in files.
            pub fn find(id: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|choice| choice.id() == id)
            }

            /// Its name on screen.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What it does, in one sentence.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }
        }
    };
}

pub(crate) use choices;
