export { type JournalGroup, groupEntries } from './groupEntries';
