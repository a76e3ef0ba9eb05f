//! Reads data from a tree of values; a mistake comes with its place.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::fault::{Misfit, Step};
use super::tree::{Entry, Node, Value};
use crate::landscapes::excerpt::excerpt;

/// Reads a value.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a Node);

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match &self.0.value {
            Value::Text(text) => visitor.visit_str(text),
            Value::Whole(number) => visitor.visit_i64(*number),
            Value::Number(number) => visitor.visit_f64(*number),
            Value::Flag(flag) => visitor.visit_bool(*flag),
            Value::Alien(what) => Err(Misfit::of_type(format!("{what} has no place here"))),
            Value::List(list) => {
                let mut elements = Elements { list, next: 0 };
                let read = visitor.visit_seq(&mut elements)?;
                // Whoever wants two takes two.
                if elements.next < list.len() {
                    return Err(Misfit::of_type(format!("expected {} elements, not {}", elements.next, list.len())));
                }
                Ok(read)
            }
            Value::Table(entries) => visitor.visit_map(Keys { entries, next: 0 }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

struct Elements<'a> {
    list: &'a [Node],
    next: usize,
}

impl<'de> SeqAccess<'de> for &mut Elements<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some(node) = self.list.get(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader(node)).map(Some).map_err(|misfit| misfit.within(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.len() - self.next)
    }
}

struct Keys<'a> {
    entries: &'a [Entry],
    /// The entry after the one whose key was read last.
    next: usize,
}

impl<'de> MapAccess<'de> for Keys<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some(Entry { key, .. }) = self.entries.get(self.next) else { return Ok(None) };
        if self.entries[..self.next].iter().any(|entry| entry.key == *key) {
            return Err(Misfit::new(format!("'{}' is given twice; give it once", excerpt(key))).of_key(key));
        }
        self.next += 1;
        let key_reader: StrDeserializer<'_, Misfit> = key.as_str().into_deserializer();
        seed.deserialize(key_reader).map(Some).map_err(|misfit| misfit.of_key(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let entry = self.next.checked_sub(1).and_then(|last| self.entries.get(last));
        let Entry { key, node, .. } = entry.ok_or_else(|| Misfit::custom("a value without a key"))?;
        seed.deserialize(Reader(node)).map_err(|misfit| misfit.within(Step::Key(key.clone())))
    }
}
