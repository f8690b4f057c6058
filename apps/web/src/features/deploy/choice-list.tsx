import { useId } from 'react';
import classes from './choice-list.module.css';

interface Choice<Value extends string> {
  value: Value;
  label: string;
  /** What it means, as a sentence. */
  text: string;
  /** Said in quiet at the end. */
  note?: string | undefined;
}

interface ChoiceListProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of few with a sentence each; native radios, so that arrow keys move among them. */
export function ChoiceList<Value extends string>({
  label,
  choices,
  value,
  onChange,
}: ChoiceListProps<Value>) {
  const id = useId();
  return (
    <fieldset className={classes.list}>
      <legend className={classes.legend}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={classes.choice}>
          <input
            type="radio"
            className={classes.radio}
            name={id}
            aria-describedby={`${id}-${choice.value}`}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            <span className={classes.label}>{choice.label}</span>
            <span className={classes.text} id={`${id}-${choice.value}`}>
              {choice.text}
              {choice.note !== undefined && <span className={classes.note}> {choice.note}.</span>}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
