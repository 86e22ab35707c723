export {
  FormValidator,
  customizeValidator,
  validator as default,
} from './FormValidator';
