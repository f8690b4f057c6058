import { CloseButton, TextInput } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Icon } from './icon.js';
import classes from './search-field.module.css';

const settleMs = 250;

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  /** Called when typing has settled, so that not every letter asks the server. */
  onSearch: (text: string) => void;
}

/** The page's own search. `/` puts the cursor into it from anywhere but another field. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  const sent = useRef(value);
  // The address bar may change under the field (back, a cleared filter); what is typed but not sent yet wins otherwise.
  if (seen !== value) {
    setSeen(value);
    setDraft(value);
  }
  const send = (): void => {
    if (draft === sent.current) return;
    sent.current = draft;
    onSearch(draft);
  };
  const sendSettled = useEffectEvent(send);

  useEffect(() => {
    sent.current = value;
  }, [value]);

  useEffect(() => {
    const timer = window.setTimeout(() => sendSettled(), settleMs);
    return () => window.clearTimeout(timer);
  }, [draft]);

  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.select();
    };
    window.addEventListener('keydown', focusOnSlash);
    return () => window.removeEventListener('keydown', focusOnSlash);
  }, []);

  return (
    <TextInput
      ref={input}
      className={classes.field}
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={placeholder}
      value={draft}
      maxLength={200}
      // Whoever leaves the field for a link must not be called back by what he typed.
      onBlur={send}
      onChange={(event) => setDraft(event.currentTarget.value)}
      leftSection={<Icon name="search" size={14} />}
      rightSection={
        draft === '' ? (
          <kbd className={classes.key}>/</kbd>
        ) : (
          <CloseButton size="md" aria-label="Clear the search" onClick={() => setDraft('')} />
        )
      }
    />
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [role="dialog"]') !== null;
