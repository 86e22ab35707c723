import { type Schema, Validator } from '@cfworker/json-schema';
import {
  type CustomValidator,
  type ErrorSchema,
  type ErrorTransformer,
  type FormContextType,
  type RJSFSchema,
  type RJSFValidationError,
  type StrictRJSFSchema,
  type UiSchema,
  type ValidationData,
  type ValidatorType,
  createErrorHandler,
  getDefaultFormState,
  toErrorList,
  toErrorSchema,
  unwrapErrorHandler,
  validationDataMerge,
} from '@rjsf/utils';
import { describeErrors } from './describeErrors';

const ROOT = '__form_root';

/**
 * Validates forms against JSON Schema without generating code at run time, so
 * that a portal needs no `unsafe-eval` in its Content-Security-Policy. Replaces
 * `@rjsf/validator-ajv8`, which compiles every schema into a function.
 */
export class FormValidator<
  T = unknown,
  S extends StrictRJSFSchema = RJSFSchema,
  F extends FormContextType = object,
> implements ValidatorType<T, S, F>
{
  /**
   * Backstage's scaffolder registers the keyword `errorMessage` on it. It has
   * no effect: `describeErrors` reads that keyword from the schema.
   */
  readonly ajv = {
    opts: { allErrors: true },
    addKeyword: (): void => {},
  };

  validateFormData(
    formData: T | undefined,
    schema: S,
    customValidate?: CustomValidator<T, S, F>,
    transformErrors?: ErrorTransformer<T, S, F>,
    uiSchema?: UiSchema<T, S, F>,
  ): ValidationData<T> {
    const { errors: found = [] } = this.rawValidation<RJSFValidationError>(
      schema,
      formData,
    );
    const errors = transformErrors?.(found, uiSchema) ?? found;
    const ofSchema = { errors, errorSchema: toErrorSchema<T>(errors) };
    if (!customValidate) return ofSchema;
    const complete = getDefaultFormState<T, S, F>(
      this,
      schema,
      formData,
      schema,
      true,
    ) as T;
    const handler = customValidate(
      complete,
      createErrorHandler<T>(complete),
      uiSchema,
    );
    return validationDataMerge<T>(ofSchema, unwrapErrorHandler<T>(handler));
  }

  toErrorList(
    errorSchema?: ErrorSchema<T>,
    fieldPath?: string[],
  ): RJSFValidationError[] {
    return toErrorList(errorSchema, fieldPath);
  }

  /** Returns false for every value when the schema cannot be read. */
  isValid(schema: S, formData: T | undefined, rootSchema: S): boolean {
    try {
      const validator = new Validator(schema as Schema, '7');
      validator.addSchema({ ...(rootSchema as Schema), $id: ROOT });
      return validator.validate(formData).valid;
    } catch {
      return false;
    }
  }

  rawValidation<Result = RJSFValidationError>(
    schema: S,
    formData?: T,
  ): { errors?: Result[]; validationError?: Error } {
    const { errors } = new Validator(schema as Schema, '7', false).validate(
      formData ?? {},
    );
    return { errors: describeErrors(errors, schema) as Result[] };
  }
}

export const validator = new FormValidator();

/** The factory that forms import by this name; there is nothing to customize. */
export function customizeValidator(): FormValidator {
  return new FormValidator();
}
