/** What `make` gives, made at the first call. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What `make` gives, for as long as it is asked for with the same key. */
export function whileSame<Key, Value>(make: () => Value): (key: Key) => Value {
  let made: { readonly key: Key; readonly value: Value } | undefined;
  return (key) => {
    if (made === undefined || made.key !== key) made = { key, value: make() };
    return made.value;
  };
}
