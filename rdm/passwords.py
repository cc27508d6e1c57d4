"""What a password must be, said in Dutch: Django's own words for it are partly untranslated."""

from django.contrib.auth import password_validation


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens."


class UnlikeThePerson(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op uw naam of e-mailadres."
