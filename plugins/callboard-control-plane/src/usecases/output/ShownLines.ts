import { maskLines } from '@callboard/plugin-callboard-core';
import {
  type LogLine,
  createLogSelector,
} from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { maskSecretsOf } from '../../reconcile/settings/maskSecrets';
import type { LogQuestion } from './readLogs';
import { byInstant } from './toLogLines';

const KEY_BEGINS = '-----BEGIN PRIVATE KEY';
const LONGEST_KEY = 200; // lines

/** Makes of lines as they come those that are shown. */
export class ShownLines {
  readonly #question: LogQuestion;
  readonly #context: ReconcileContext;
  readonly #selectors = new Map<string, (line: LogLine) => boolean>();
  /** Lines that may yet be hidden of containers that are in the middle of a key in PEM form. */
  readonly #inKey = new Map<string, number>();

  constructor(question: LogQuestion, context: ReconcileContext) {
    this.#question = question;
    this.#context = context;
  }

  /** What is secret is hidden first: a search must not tell what is in it. */
  async of(lines: readonly LogLine[]): Promise<LogLine[]> {
    const mask = await maskSecretsOf(this.#question.app, this.#context);
    const masked = [...groupBySource(lines)].flatMap(([source, ours]) => {
      const texts = mask(ours.map(({ text }) => text));
      const hidden = this.#hideKeys(source, texts);
      return ours
        .map((line, index) => ({ ...line, text: hidden[index] }))
        .filter(this.#selectorOf(source));
    });
    return masked.sort(byInstant);
  }

  #hideKeys(source: string, texts: string[]): string[] {
    const left = this.#inKey.get(source) ?? 0;
    const before = left > 0 ? [KEY_BEGINS] : [];
    const hidden = maskLines([...before, ...texts]).slice(before.length);
    const last = [...before, ...texts].findLast(text =>
      /-----(?:BEGIN|END) [A-Z ]{0,40}PRIVATE KEY/.test(text),
    );
    const isOpen = last?.includes('-----BEGIN') ?? false;
    const from = left > 0 ? left : LONGEST_KEY;
    this.#inKey.set(source, isOpen ? from - texts.length : 0);
    return hidden;
  }

  #selectorOf(source: string): (line: LogLine) => boolean {
    const { filter } = this.#question;
    const select = this.#selectors.get(source) ?? createLogSelector(filter);
    this.#selectors.set(source, select);
    return line => line.stream === 'callboard' || select(line);
  }
}

function groupBySource(lines: readonly LogLine[]): Map<string, LogLine[]> {
  const groups = new Map<string, LogLine[]>();
  for (const line of lines) {
    const source = [line.cluster, line.instance, line.container].join('/');
    const group = groups.get(source);
    if (group) group.push(line);
    else groups.set(source, [line]);
  }
  return groups;
}
