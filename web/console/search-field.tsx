import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

const TYPING_MS = 300;

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly description?: string | undefined;
  readonly className?: string | undefined;
  /** Soon after the last key; without white space at the ends. */
  readonly onSearch: (text: string) => void;
}

/** A field that searches while somebody types. */
export function SearchField({ label, value, description, className, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    // Changed from elsewhere: by a link, or the back button.
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === told.current) return undefined;
    const timer = setTimeout(() => {
      told.current = wanted;
      onSearch(wanted);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <TextInput
      {...(className === undefined ? {} : { className })}
      size="sm"
      type="search"
      aria-label={label}
      placeholder={label}
      description={description}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
    />
  );
}
