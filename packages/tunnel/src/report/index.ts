export * from './Happening';
export { readReport, readReported } from './readReport';
