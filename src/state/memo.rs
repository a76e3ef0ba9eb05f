//! A cache of one value with its key, computed again when the key changes.

/// A cache of one value with its key.
///
/// The key holds everything that the value depends on; any change of it invalidates the value.
pub struct Memo<K, V> {
    known: Option<(K, V)>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { known: None }
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// Brings the value up to date; `None` if none is wanted.
    pub fn update(&mut self, key: Option<K>, compute: impl FnOnce(&K) -> V) {
        self.update_unless(key, |known, wanted| known == wanted, compute);
    }

    /// As [`Self::update`], but the old value is kept if `suits(old key, new key)`.
    pub fn update_unless(&mut self, key: Option<K>, suits: impl FnOnce(&K, &K) -> bool, compute: impl FnOnce(&K) -> V) {
        let known = self.known.take();
        self.known = key.map(|key| match known {
            Some((old, value)) if suits(&old, &key) => (old, value),
            _ => {
                let value = compute(&key);
                (key, value)
            }
        });
    }

    /// The value; `None` if none was wanted.
    pub fn value(&self) -> Option<&V> {
        self.known.as_ref().map(|(_, value)| value)
    }

    /// The key of the value; `None` if none was wanted.
    pub fn key(&self) -> Option<&K> {
        self.known.as_ref().map(|(key, _)| key)
    }

    /// Whether the value is known for a key.
    pub fn is_for(&self, key: &K) -> bool {
        self.known.as_ref().is_some_and(|(known, _)| known == key)
    }

    /// The value and its key, for values that are continued bit by bit.
    pub fn entry_mut(&mut self) -> Option<(&K, &mut V)> {
        self.known.as_mut().map(|(key, value)| (&*key, value))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_value_is_computed_once_for_each_key_and_forgotten_with_it() {
        let (mut memo, computed) = (Memo::default(), Cell::new(0));
        let mut update = |key: Option<i32>| {
            memo.update(key, |key| {
                computed.set(computed.get() + 1);
                10 * key
            });
            memo.value().copied()
        };
        for (key, value, count) in [
            (Some(1), Some(10), 1),
            (Some(1), Some(10), 1),
            (Some(2), Some(20), 2),
            (None, None, 2),
            (Some(2), Some(20), 3),
        ] {
            assert_eq!((update(key), computed.get()), (value, count), "after {key:?}");
        }
    }

    #[test]
    fn another_key_may_do() {
        let mut memo = Memo::default();
        let mut update = |key: i32| {
            memo.update_unless(Some(key), |known, wanted| known >= wanted, |key| *key);
            memo.value().copied()
        };
        assert_eq!([5, 3, 7, 6].map(&mut update), [Some(5), Some(5), Some(7), Some(7)], "the largest so far");
    }
}
