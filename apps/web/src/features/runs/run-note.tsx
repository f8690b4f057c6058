import type { RunDetailView } from '@patchgate/contracts';
import { Note } from '../../ui/note.js';
import { noteOf } from './note-words.js';

/** What to know of the run before anything else: why it waits or ended as it did, and what to do. */
export function RunNote({ run, isPaused }: { run: RunDetailView; isPaused: boolean }) {
  const note = noteOf(run, isPaused);
  if (note === null) return null;
  return (
    <Note tone={note.tone}>
      <strong>{note.lead}</strong> {note.rest}
    </Note>
  );
}
