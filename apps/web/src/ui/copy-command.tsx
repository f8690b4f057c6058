import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import classes from './copy-command.module.css';
import { Icon } from './icon.js';

interface CopyCommandProps {
  /** What is copied, in words for readers: “command”, “token”. */
  what: string;
  text: string;
}

export function CopyCommand({ what, text }: CopyCommandProps) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // A browser may forbid the clipboard (plain HTTP, a policy); the text can still be marked and copied by hand.
      setOutcome('refused');
    }
  };
  return (
    <div className={classes.copy}>
      <code className={classes.text}>{text}</code>
      <ActionIcon aria-label={`Copy ${what}`} onClick={() => void copy()}>
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      </ActionIcon>
      <span className={classes.outcome} role="status">
        {outcome === 'copied' && 'Copied'}
        {outcome === 'refused' && 'Copying is blocked here: mark the text and copy it'}
      </span>
    </div>
  );
}
