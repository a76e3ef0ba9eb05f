//! The parts of the window that a lesson can point at.

use super::choices::choices;

choices! {
    /// A part of the window.
    WindowPart {
        /// The map, the surface, or both.
        #[default]
        Picture: "picture", "Picture", "The map, the surface, or both.";
        /// The panel on this step.
        Sentence: "sentence", "Sentence", "What is said of this step.";
        /// The slider of the learning rate.
        Rate: "rate", "Learning rate", "The slider under the picture.";
        /// Play, step, and the step that is shown.
        Transport: "transport", "Time", "Play, step, and the step that is shown.";
        /// The view beside the picture.
        Tab: "tab", "Tab", "The view beside the picture.";
        /// The runs above the picture.
        Chips: "chips", "Runs", "The runs above the picture.";
        /// The bar with the landscape and the menus.
        Menu: "menu", "Menu", "The bar with the landscape and the menus.";
    }
}
