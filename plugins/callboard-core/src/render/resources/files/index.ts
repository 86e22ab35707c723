export { checkProvisioners } from './checkProvisioners';
export { compileProvisioners } from './compileProvisioners';
