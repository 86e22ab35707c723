import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiArrowDownSLine, RiHistoryLine } from '@remixicon/react';
import { type FormEvent, useId, useState } from 'react';
import { readLocalInstant, useInstant, useSetInstant } from '../instant';
import { dataOf, useHistory } from '../queries';
import { formatMinute } from '../time';
import { Surface } from './Surface';
import styles from './InstantPicker.module.css';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const STEPS_BACK = [
  { title: 'An hour ago', millis: HOUR_MS },
  { title: 'Yesterday', millis: DAY_MS },
  { title: 'A week ago', millis: 7 * DAY_MS },
  { title: 'Three months ago', millis: 91 * DAY_MS },
];

/** Selects the instant that a page shows: now, a step back, or any past instant. */
export function InstantPicker(): JSX.Element {
  const at = useInstant();
  const setInstant = useSetInstant();
  const [isChoosing, setChoosing] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const since = dataOf(useHistory(isOpen || isChoosing))?.since;
  return (
    <>
      <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Button
          variant="secondary"
          iconStart={<RiHistoryLine />}
          iconEnd={<RiArrowDownSLine />}
        >
          {at ? formatMinute(at) : 'Now'}
        </Button>
        <Menu>
          {at && (
            <MenuItem onAction={() => setInstant(undefined)}>Now</MenuItem>
          )}
          {STEPS_BACK.map(({ title, millis }) => (
            <MenuItem
              key={title}
              isDisabled={isBefore(Date.now() - millis, since)}
              onAction={() => setInstant(new Date(Date.now() - millis))}
            >
              {title}
            </MenuItem>
          ))}
          <MenuItem onAction={() => setChoosing(true)}>
            Choose an instant…
          </MenuItem>
        </Menu>
      </MenuTrigger>
      {isChoosing && (
        <ChooseInstant
          from={at ?? new Date()}
          since={since}
          onChoose={chosen => {
            setInstant(chosen);
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  );
}

function ChooseInstant({
  from,
  since,
  onChoose,
  onClose,
}: {
  from: Date;
  /** RFC 3339; start of the recorded history. */
  since?: string;
  onChoose: (at: Date) => void;
  onClose: () => void;
}): JSX.Element {
  const id = useId();
  const [text, setText] = useState(() => toLocalMinute(from));
  const [isTried, setTried] = useState(false);
  const chosen = readLocalInstant(text, new Date());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (chosen) onChoose(chosen);
  };
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={420}>
      <DialogHeader>Show it as it was</DialogHeader>
      <form className={styles.form} onSubmit={submit}>
        <DialogBody>
          <Surface>
            <label className={styles.label} htmlFor={`${id}at`}>
              Instant{' '}
              <span className={styles.quiet}>
                in your time zone, {timeZone()}
              </span>
            </label>
            <input
              id={`${id}at`}
              className={styles.input}
              type="datetime-local"
              value={text}
              min={since && toLocalMinute(new Date(since))}
              max={toLocalMinute(new Date())}
              aria-invalid={isTried && !chosen}
              aria-describedby={`${id}fault`}
              onChange={event => setText(event.target.value)}
            />
            <p id={`${id}fault`} className={styles.fault} role="alert">
              {isTried && !chosen && 'Choose an instant that is over.'}
            </p>
          </Surface>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit">Show</Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

function isBefore(millis: number, since: string | undefined): boolean {
  return since !== undefined && millis < Date.parse(since);
}

/** Formats for `datetime-local`: `2026-08-20T14:05`, in the reader's zone. */
function toLocalMinute(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function timeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
