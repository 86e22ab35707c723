import {
  type AppChange,
  type AppFile,
  type Problem,
  type Result,
  countOf,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { describeEntity } from '../summary/describeEntity';

/** Title, owner and description of an app. */
export interface AppCard {
  title: string;
  /** Entity reference. */
  owner: string;
  description?: string;
}

export interface AppChangeFacts {
  app: string;
  before: AppCard;
  /** Only the fields to change; an empty title means the app's name, an empty description none. */
  asked: Partial<AppCard>;
  /** Of the newest push. */
  appFile?: AppFile;
  /** Entity references the actor acts for; undefined for a program, which is not bound to an owner. */
  ownershipRefs?: readonly string[];
  /** Number of valid tokens of machines. */
  tokens: number;
}

/** An app after the change, and the consequences. */
export interface AppChangeDecision {
  after: AppCard;
  answer: AppChange;
}

/**
 * Decides on a change of the title, description or owner of an app. Fields that
 * app.yaml sets are changed there: the next push would revert them. Pure: the
 * preview and the change get the same answer.
 */
export function decideAppChange(
  facts: AppChangeFacts,
): Result<AppChangeDecision> {
  const { app, before, asked, appFile } = facts;
  const title = asked.title === undefined ? before.title : lineOf(asked.title);
  const description =
    asked.description === undefined
      ? before.description
      : lineOf(asked.description);
  const after: AppCard = {
    title: title === '' ? app : title,
    owner: asked.owner ?? before.owner,
    ...(description && { description }),
  };
  if (after.title !== before.title && appFile?.metadata.title !== undefined)
    return failed(saidInAppYaml(app, 'metadata.title', 'rename'));
  if (
    after.description !== before.description &&
    appFile?.metadata.description !== undefined
  )
    return failed(saidInAppYaml(app, 'metadata.description', 'describe'));
  if (after.owner !== before.owner && appFile?.spec.owner !== undefined)
    return failed(saidInAppYaml(app, 'spec.owner', 'transfer'));
  const effects = effectsOf(after, facts);
  return ok({
    after,
    answer: {
      changes: effects.length > 0,
      message:
        effects.length > 0 ? effects.join('; ') : `${app} stays as it is`,
      notes: [
        ...(after.title === before.title
          ? []
          : [
              `Its name stays ${app}: repository, namespaces and addresses keep it`,
            ]),
        ...(after.owner === before.owner ? [] : notesOfTransfer(after, facts)),
      ],
    },
  });
}

function effectsOf(after: AppCard, { app, before }: AppChangeFacts): string[] {
  const effects: string[] = [];
  if (after.title !== before.title)
    effects.push(`${app} is called "${after.title}"`);
  if (after.description !== before.description)
    effects.push(
      after.description === undefined
        ? `${app} has no description any more`
        : `${app} is described as "${after.description}"`,
    );
  if (after.owner !== before.owner)
    effects.push(
      `${app} belongs to ${describeEntity(
        after.owner,
      )} and no more to ${describeEntity(before.owner)}`,
    );
  return effects;
}

function notesOfTransfer(
  { owner }: AppCard,
  { app, before, ownershipRefs, tokens }: AppChangeFacts,
): string[] {
  const isOneOfThem = ownershipRefs?.includes(owner) ?? true;
  return [
    `Who belongs to ${describeEntity(
      before.owner,
    )} alone may not push, promote, set or delete anything of ${app} any more, nor read its code`,
    ...(tokens > 0
      ? [
          `${countOf(tokens, 'token')} of its machines ${
            tokens === 1 ? 'is' : 'are'
          } good for nothing then: the new owner makes others`,
        ]
      : []),
    ...(isOneOfThem
      ? []
      : [
          `You do not belong to ${describeEntity(
            owner,
          )}: you cannot take it back yourself`,
        ]),
  ];
}

/** Returns the text as one line, for lists and titles. */
function lineOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function saidInAppYaml(
  app: string,
  path: 'metadata.title' | 'metadata.description' | 'spec.owner',
  verb: 'rename' | 'describe' | 'transfer',
): Problem {
  return {
    code: 'app-yaml-says-it',
    what: `Cannot ${verb} "${app}" here`,
    why: `its app.yaml says ${path}, and the next push would take the change back`,
    next: `Change ${path} in app.yaml and push, or push without it and ask again`,
    transient: false,
    at: { file: 'app.yaml', path },
  };
}
