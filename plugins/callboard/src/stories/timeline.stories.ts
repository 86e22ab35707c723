import type { Timeline } from '@callboard/plugin-callboard-common';
import { failing, fixtureApi, waiting } from './fixtureApi';
import type { Story } from './Story';
import {
  bar,
  crowdedTimeline,
  hour,
  incident,
  lane,
  timelineBeforeHistory,
  timelineOf,
} from './timelineFixtures';

const address = '/callboard/apps/checkout?tab=history';

function answering(timeline: Timeline) {
  return fixtureApi({ getTimeline: async () => timeline });
}

/** The timeline above the history of an app. */
export const timelineStories: Story[] = [
  {
    name: 'loading',
    address,
    api: fixtureApi({ getTimeline: waiting }),
    shows: ['Timeline', 'Loading'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ getTimeline: () => failing() }),
    shows: ['Cannot read the record', 'History'],
  },
  {
    name: 'empty',
    address,
    api: answering(timelineOf([])),
    shows: ['No release was anywhere in this time.'],
    hides: ['History is known since', 'Show as a table'],
  },
  {
    name: 'a window before history says since when it knows',
    address,
    api: answering(timelineBeforeHistory()),
    shows: ['No release was anywhere in this time. History is known since'],
  },
  {
    name: 'a young portal draws all of its history, and says so',
    address,
    api: answering(
      timelineOf([lane('dev', [bar(42, 3)])], { beginsWithHistory: true }),
    ),
    shows: [/It begins where history does: \d+ \w+ \d{4}, \d\d:\d\d/],
    hides: ['Nothing is drawn before'],
  },
  {
    name: 'one release',
    address,
    api: answering(timelineOf([lane('dev', [bar(42, -3)])])),
    shows: [
      /Release 42 in Development, from .* on\. Released by ana: “Accept vouchers”/,
      'Still there',
    ],
    hides: ['Left out', 'Nothing is drawn before'],
  },
  {
    name: 'one of each is left out',
    address,
    api: answering(
      timelineOf([lane('dev', [bar(42, -3)])], {
        leftOut: { lanes: 1, bars: 1, marks: 1, settings: 2 },
      }),
    ),
    shows: [
      'Left out: 1 lane, 1 older release, 1 older incident, 2 older settings changes.',
    ],
  },
  {
    name: 'a roll-back says from what and by whom',
    address,
    api: fixtureApi(),
    shows: [
      'Rolled back from release 43 by bo: “Accept vouchers”',
      'Production',
      'Staging',
    ],
  },
  {
    name: 'changes of settings are on the release that they came to',
    address,
    api: answering(
      timelineOf([
        lane('prod', [
          bar(43, 10, undefined, {
            settings: [
              {
                from: hour(10),
                version: 7,
                name: 'RATES_URL',
                actor: 'user:default/ana',
              },
              {
                from: hour(80),
                version: 8,
                name: 'LOG_LEVEL',
                actor: 'user:default/bo',
                why: 'too much noise',
              },
            ],
          }),
        ]),
      ]),
    ),
    shows: [
      /Release 43 with settings 7 in Production, from .* on\. Released by ana/,
      /Settings 8 from .* on: bo changed LOG_LEVEL, “too much noise”/,
    ],
    hides: [/bo changed RATES_URL/],
  },
  {
    name: 'an incident that lasts says where and what',
    address,
    api: answering(
      timelineOf([
        lane('prod', [bar(43, 10, undefined, { marks: [incident(20)] })]),
      ]),
    ),
    shows: [
      /eu-1: checkout cannot start in Production: it ends with exit code 3, from .* on/,
    ],
  },
  {
    name: 'a silent cluster is unknown',
    address: `${address}&lanes=cluster`,
    api: fixtureApi(),
    shows: ['Production on ap-1', /Unknown from .* until .*: no contact/],
  },
  {
    name: 'a time without a portal is hatched, and says so in words and in the table',
    address,
    api: answering(
      timelineOf([lane('dev', [bar(42, 3)])], {
        gaps: [
          { from: hour(20), to: hour(22), cause: 'stopped' },
          { from: hour(40), to: hour(41), cause: 'paused' },
          { from: hour(60), to: hour(61), cause: 'no-database' },
        ],
      }),
    ),
    shows: [
      /Nothing was recorded from .* \(1 h\): the portal stood still, or its clock was moved forward\. Nothing was recorded from .* \(1 h\): the database did not answer\. Before that, 1 such time\./,
      'Everywhere',
      /No portal was running from .* to .* \(2 h\)/,
    ],
    hides: ['no contact'],
  },
  {
    name: 'more than it holds says what is left out',
    address: `${address}&lanes=cluster&days=30`,
    api: answering(crowdedTimeline()),
    shows: [
      'Production on store-12',
      /Nothing is drawn before .*Left out: 28 lanes, 120 older releases, 3 older incidents\./,
    ],
  },
];
